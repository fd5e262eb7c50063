import { z } from 'zod';
import { dayRange } from '../../indexer/core/day-range.ts';

/** Facets a person can filter by, in the order in which the page shows them. */
export const FACETS = ['park', 'province', 'type', 'source', 'year', 'month', 'kind'] as const;
export type FacetName = (typeof FACETS)[number];

export const PAGE_SIZES = [10, 20, 50] as const;
export const MAX_QUERY_LENGTH = 5_000;
const MAX_VALUES = 50;

/** A number that an address holds, as what it is called in messages. */
export const wholeNumber = (name: string) =>
  z.coerce.number(`${name}应为整数`).int(`${name}应为整数`);

/** The last value of a parameter that should stand in an address once. */
export const once = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) => (Array.isArray(value) ? (value as unknown[]).at(-1) : value) ?? undefined,
    schema,
  );

const repeatable = (item: z.ZodType<string>) =>
  z.preprocess(
    (given) => (given === undefined ? [] : [given].flat().filter((one: unknown) => one !== '')),
    z.array(item).max(MAX_VALUES, `最多 ${MAX_VALUES} 个值`),
  );

const value = z.string().max(200, '每个筛选值最多 200 个字符');

const optionalDate = once(
  z.preprocess(
    (given) => (given === '' ? undefined : given),
    z
      .string()
      .refine((date) => dayRange(date) !== null, '日期应写作 2022、2022-03 或 2022-03-01')
      .optional(),
  ),
);

/** The query string of `/search` and `/api/search`; one schema checks both and documents them. */
export const searchRequestSchema = z.object({
  q: once(
    z
      .string()
      .max(MAX_QUERY_LENGTH, `检索词最多 ${MAX_QUERY_LENGTH} 个字符`)
      .default('')
      .meta({ description: '检索词', example: '贵阳高新区 营商环境' }),
  ),
  park: repeatable(value).meta({ description: '园区编号，可重复' }),
  province: repeatable(value).meta({ description: '省份，可重复' }),
  type: repeatable(value).meta({ description: '园区类型，可重复' }),
  source: repeatable(value).meta({ description: '来源报刊，可重复' }),
  year: repeatable(z.string().regex(/^\d{4}$/, '年份应写作 2022')).meta({ description: '年份' }),
  month: repeatable(z.string().regex(/^\d{4}-\d{2}$/, '月份应写作 2022-03')).meta({
    description: '月份，如 2022-03',
  }),
  kind: repeatable(z.enum(['story', 'brief', 'photo'], '体裁应为 story、brief 或 photo')).meta({
    description: '体裁',
  }),
  from: optionalDate.meta({ description: '起始日期 YYYY[-MM[-DD]]' }),
  to: optionalDate.meta({ description: '截止日期 YYYY[-MM[-DD]]，含当日、当月或当年' }),
  sort: once(
    z
      .enum(['relevance', 'newest', 'oldest'], '排序应为 relevance、newest 或 oldest')
      .default('relevance'),
  ),
  page: once(wholeNumber('页码').min(1, '页码从 1 开始').max(1000, '页码最大 1000').default(1)),
  size: once(wholeNumber('每页条数').min(1, '每页至少 1 条').max(50, '每页最多 50 条').default(10)),
  literal: repeatable(
    z.string().max(MAX_QUERY_LENGTH, `每个词最多 ${MAX_QUERY_LENGTH} 个字符`),
  ).meta({
    description: '不要改写的词（撤销改写时使用），可重复',
  }),
});

export type SearchRequest = z.infer<typeof searchRequestSchema>;

const rewriteSchema = z
  .object({
    type: z.string().meta({ description: '改写的种类，如 traditional、width、park' }),
    from: z.string(),
    to: z.string(),
    undo: z.string().meta({ description: '撤销这一改写的查询串' }),
  })
  .meta({ id: 'Rewrite' });

const hintSchema = z
  .object({
    type: z.enum(['incomplete', 'notice', 'relaxed', 'spelling', 'ambiguous']),
    message: z.string(),
    query: z.string().optional().meta({ description: '照此提示检索的查询串' }),
  })
  .meta({ id: 'Hint' });

const namedPark = z.object({ id: z.string(), name: z.string() }).meta({ id: 'NamedPark' });

export const hitSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    titleHtml: z.string().meta({ description: '已转义，匹配处以 <mark> 标出' }),
    snippetHtml: z.string().meta({ description: '已转义，匹配处以 <mark> 标出' }),
    date: z.string().nullable(),
    datePrecision: z.enum(['day', 'month', 'year', 'unknown']),
    source: z.string().nullable(),
    kind: z.enum(['story', 'brief', 'photo']),
    parks: z.array(namedPark),
    duplicates: z.array(z.string()).meta({ description: '内容相同的其他文章' }),
    duplicateOf: z
      .string()
      .nullable()
      .meta({ description: '同一内容的首选一篇；本篇就是首选或没有相同内容时为 null' }),
    url: z.string(),
  })
  .meta({ id: 'Hit' });

const facetValueSchema = z
  .object({
    value: z.string(),
    label: z.string(),
    count: z.int(),
    selected: z.boolean(),
    group: z.string().optional().meta({ description: '所属一组，如园区所在的省份' }),
  })
  .meta({ id: 'FacetValue' });

const histogramSchema = z
  .object({
    unit: z.enum(['year', 'month', 'day']),
    bars: z.array(z.object({ value: z.string(), count: z.int() })),
  })
  .meta({ id: 'Histogram', description: '各年、各月或各日的篇数，按日期筛选的范围取单位' });

const rebuildingSchema = z
  .object({
    reason: z.string().meta({ description: '为什么在重建' }),
    progress: z.int().nullable().meta({ description: '已完成百分之几；null 为还不知道' }),
  })
  .meta({ description: '索引正在重建时才有：结果可能不全或不是最新的' });

export const searchResponseSchema = z
  .object({
    query: z.object({
      input: z.string(),
      rewritten: z.string(),
      rewrites: z.array(rewriteSchema),
      hints: z.array(hintSchema),
    }),
    missing: z
      .object({
        parts: z
          .array(z.int())
          .readonly()
          .meta({ description: '连不上的是第几台检索引擎，从 1 数起' }),
        of: z.int().meta({ description: '共几台' }),
        share: z.number().meta({ description: '约占全部文章的几分之几，0 到 1' }),
      })
      .nullable()
      .meta({ description: '有检索引擎连不上时缺了哪一部分；结果完整时为 null' }),
    total: z.int(),
    totalIsExact: z.boolean(),
    page: z.int(),
    size: z.int(),
    tookMs: z.number(),
    hits: z.array(hitSchema),
    facets: z.record(z.enum(FACETS), z.array(facetValueSchema)),
    histogram: histogramSchema,
    rebuilding: rebuildingSchema.optional(),
  })
  .meta({ id: 'SearchResponse' });

export type Hint = z.infer<typeof hintSchema>;
export type SearchHit = z.infer<typeof hitSchema>;
export type FacetValue = z.infer<typeof facetValueSchema>;
export type Histogram = z.infer<typeof histogramSchema>;
export type SearchResponse = z.infer<typeof searchResponseSchema>;
