import { z } from 'zod';

export const savedSearchInputSchema = z
  .object({
    name: z
      .string('请填写名称')
      .trim()
      .min(1, '请填写名称')
      .max(100, '名称最多 100 个字符')
      .regex(/^\P{Cc}*$/u, '名称不能有换行等控制字符')
      .meta({ example: '贵阳高新区 2022 年春' }),
    query: z.string('请给出检索页的查询串').max(8_000, '查询串最多 8000 个字符').meta({
      description: '检索页网址中 ? 之后的部分',
      example: 'q=营商环境&park=guiyang-gaoxinqu',
    }),
  })
  .meta({ id: 'SavedSearchInput' });

export const savedSearchChangeSchema = savedSearchInputSchema
  .partial()
  .refine((change) => change.name !== undefined || change.query !== undefined, {
    error: '至少给出 name 或 query 之一',
  })
  .meta({ id: 'SavedSearchChange' });

export const savedSearchSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    query: z.string(),
    link: z.string(),
    feedAtom: z.string(),
    feedJson: z.string(),
    arrived: z.int().meta({ description: '保存时库里最新一篇的收录序号' }),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'SavedSearch' });

/** The token is told once, when the search is saved; only its hash is kept. */
export const createdSavedSearchSchema = savedSearchSchema
  .extend({ token: z.string() })
  .meta({ id: 'CreatedSavedSearch' });

/** `GET /api/saved-searches/:id/news`. */
export const newsRequestSchema = z.object({
  since: z.coerce
    .number('since 应为收录序号')
    .int('since 应为整数')
    .min(0, 'since 不能小于 0')
    .optional()
    .meta({ description: '上次看到的收录序号；不给则自保存时起' }),
});

export const newsResponseSchema = z
  .object({
    since: z.int(),
    count: z.int().meta({ description: '此后新收录且符合的篇数，不论刊发日期' }),
    arrived: z.int().meta({ description: '现在最新的收录序号，下次以它为 since' }),
  })
  .meta({ id: 'News' });

export const webhookInputSchema = z
  .object({
    url: z
      .string('请给出 url')
      .max(2_000, '网址最多 2000 个字符')
      .meta({ example: 'https://example.com/hook' }),
  })
  .meta({ id: 'WebhookInput' });

export const webhookSchema = z
  .object({
    url: z.string(),
    state: z.enum(['idle', 'waiting', 'given-up', 'paused']).meta({
      description:
        'waiting：有一次推送等着送达；given-up：上一次已放弃，不再送；paused：接连放弃 3 次，已暂停，再次 PUT 就重新开启',
    }),
    deliveredAt: z.string().nullable().meta({ description: '上次送达的时间' }),
    failedAt: z.string().nullable().meta({ description: '上次没有送达的时间' }),
    givenUp: z.int().meta({ description: '上次送达以来放弃了几次推送' }),
    problem: z.string().nullable().meta({ description: '上次没有送达的原因' }),
  })
  .meta({ id: 'Webhook' });

export const setWebhookSchema = webhookSchema
  .extend({
    secret: z.string().optional().meta({
      description: '新设时告知一次，用来验证签名；遗失了就删除推送再设',
      example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLw==',
    }),
  })
  .meta({ id: 'WebhookAsSet' });

/** `GET /api/webhooks`: of the address only the host, since the rest may be a secret. */
export const webhookListSchema = z
  .object({
    webhooks: z.array(
      webhookSchema.omit({ url: true }).extend({
        id: z.string().meta({ description: '保存的检索的 id' }),
        name: z.string(),
        host: z.string(),
      }),
    ),
  })
  .meta({ id: 'WebhookList' });

/** The body that a receiver gets. */
export const newsSchema = z
  .object({
    delivery: z.string().meta({ description: '同 webhook-id；重发时不变' }),
    savedSearch: z.object({ id: z.string(), name: z.string(), link: z.string() }),
    articles: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        date: z.string().nullable(),
        datePrecision: z.string(),
        source: z.string().nullable(),
        parks: z.array(z.object({ id: z.string(), name: z.string() })),
        summary: z.string(),
        url: z.string(),
      }),
    ),
  })
  .meta({ id: 'WebhookNews' });

export type WebhookResponse = z.infer<typeof webhookSchema>;
export type SavedSearchResponse = z.infer<typeof savedSearchSchema>;
