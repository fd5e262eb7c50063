import { z } from 'zod';
import { oneLine } from './clean-text.ts';
import type { DateClueOrigin, PageMetadata } from './page.ts';

/** The field names people use, English and Chinese, for front matter, sidecars, JSON and CSV alike. */
const ALIASES = {
  id: 'id 编号 ID',
  title: 'title 标题 题目 標題',
  text: 'text content body 正文 内容 内文 內容',
  date: 'date published pubdate publishdate 日期 发布日期 发布时间 时间 日期时间',
  source: 'source media newspaper 来源 稿源 媒体 报纸 來源',
  url: 'url link original_url 链接 网址 原文链接 連結',
  section: 'section 版面 版次 版名',
  author: 'author authors byline 作者 记者',
  tags: 'tags tag keywords 标签 关键词 关键字',
  categories: 'categories category 分类 栏目',
} as const;

export type FieldName = keyof typeof ALIASES;

const FIELD_BY_ALIAS = new Map(
  (Object.keys(ALIASES) as FieldName[]).flatMap((field) =>
    aliasesOf(field).map((alias) => [alias.toLowerCase(), field] as const),
  ),
);

/** Returns the field that a key or column header means, or null for one we do not use. */
export function fieldOf(key: string): FieldName | null {
  return FIELD_BY_ALIAS.get(key.trim().toLowerCase()) ?? null;
}

/** Returns the names under which a field may come, for messages. */
export function aliasesOf(field: FieldName): readonly string[] {
  return ALIASES[field].split(' ');
}

/** Values under our field names. */
export type Fields = Partial<Record<FieldName, unknown>>;

/** Returns a record under our field names; of several aliases of one field, the first with a value counts. */
export function renameFields(record: Readonly<Record<string, unknown>>): Fields {
  const renamed: Fields = {};
  for (const [key, value] of Object.entries(record)) {
    const field = fieldOf(key);
    if (field !== null && !isBlank(value) && isBlank(renamed[field])) renamed[field] = value;
  }
  return renamed;
}

function isBlank(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  );
}

const MOST_CHARACTERS = 2_000;
const MOST_TAGS = 50;

/**
 * The checks of what a field may be: one line, which `toLine` makes of a value, or several of them, as authors
 * and tags are. `wrong` says of a value that is not one line, and that is not several, what it should be.
 */
export function fieldChecks(
  toLine: (value: string) => string,
  tagSeparator: RegExp,
  wrong: { readonly line: string; readonly lines: string },
) {
  const line = z
    .union([z.string(), z.number(), z.boolean()], wrong.line)
    .transform((value) => toLine(String(value)))
    .pipe(z.string().max(MOST_CHARACTERS, `超过 ${MOST_CHARACTERS} 个字符`));
  const lines = z.union([line, z.array(line)], wrong.lines);
  return {
    line,
    authors: lines.transform((value) => (Array.isArray(value) ? value.join(' ') : value)),
    tags: lines.transform((value) =>
      (Array.isArray(value) ? value : value.split(tagSeparator))
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ''),
    ),
  };
}

const ONE_LINE = '应为一行文字';
const { line, authors, tags } = fieldChecks(oneLine, /[,，、;；|\s]+/u, {
  line: ONE_LINE,
  lines: ONE_LINE,
});
const list = tags.pipe(z.array(z.string()).max(MOST_TAGS, `超过 ${MOST_TAGS} 项`));

/** Returns what a parsed front matter or sidecar says, under our names; `origin` marks its date. */
export function readMetadata(
  record: Readonly<Record<string, unknown>>,
  origin: DateClueOrigin,
): {
  readonly metadata: PageMetadata;
  /** The keys whose values cannot be used, with the reason, in Chinese: `date：应为一行文字`. */
  readonly problems: readonly string[];
} {
  const fields = renameFields(record);
  const problems: string[] = [];
  // Every field is checked by itself, so that one bad value spoils no other.
  const take = <T>(name: FieldName, schema: z.ZodType<T>): T | undefined => {
    if (fields[name] === undefined) return undefined;
    const checked = schema.safeParse(fields[name]);
    if (!checked.success) problems.push(`${name}：${checked.error.issues[0]!.message}`);
    return checked.data;
  };
  const date = take('date', line);
  const tags = take('tags', list) ?? take('categories', list);
  const metadata = withoutEmpty({
    title: take('title', line),
    source: take('source', line),
    url: take('url', line),
    section: take('section', line),
    author: take('author', authors),
    tags,
    dates: date === undefined ? [] : [{ text: date, origin }],
  });
  return { metadata, problems };
}

type LooseMetadata = {
  readonly [Key in keyof PageMetadata]?: PageMetadata[Key] | undefined;
} & Pick<PageMetadata, 'dates'>;

/** An address that runs in the reader's browser is no source. */
const SCRIPT_ADDRESS = /^\s{0,9}(?:javascript|vbscript|data):/i;

/** Returns metadata without the fields that nothing is known of. */
export function withoutEmpty(loose: LooseMetadata): PageMetadata {
  const url = SCRIPT_ADDRESS.test(loose.url ?? '') ? undefined : loose.url;
  const known = Object.entries({ ...loose, url }).filter(
    ([, value]) =>
      value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return { ...Object.fromEntries(known), dates: loose.dates };
}

/** Returns `stronger` completed by `weaker`: a field of its own wins, date clues line up behind each other. */
export function mergeMetadata(stronger: PageMetadata, weaker: PageMetadata): PageMetadata {
  return { ...weaker, ...stronger, dates: [...stronger.dates, ...weaker.dates] };
}
