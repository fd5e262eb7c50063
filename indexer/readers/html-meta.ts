import { z } from 'zod';
import { oneLine } from './clean-text.ts';
import { findWrittenDate } from './file-date.ts';
import { withoutEmpty } from './metadata.ts';
import type { DateClue, PageMetadata } from './page.ts';

/** Names of `<meta>` that news sites use, strongest first; the first block is the Chinese government site standard. */
const META_NAMES = {
  title: 'articletitle, og:title, twitter:title, dc.title',
  date:
    'pubdate, article:published_time, publishdate, publish_time, publishtime, publish-date, ' +
    'publication_date, datepublished, og:release_date, og:published_time, weibo: article:create_at, ' +
    'dc.date.issued, dcterms.issued, dc.date, date',
  source: 'contentsource, source, article:source, mediaid, dc.source',
  site: 'og:site_name, sitename, application-name',
  author: 'author, article:author, dc.creator, byl',
  url: 'og:url, url',
  tags: 'keywords, article:tag, news_keywords',
} as const;

const MOST_LINE = 120;
const SOURCE_LINE =
  /(?:来\s{0,4}源|稿源|信息来源|文章来源)\s{0,4}[：:]\s{0,4}([^\s|｜()（）【】[\],，;；：:]{2,30})/u;
const AUTHOR_LINE =
  /(?:^|[\s|｜])(?:作\s{0,4}者|记者|撰稿)\s{0,4}[：:]\s{0,4}([\p{Script=Han}·]{2,12})/u;
const DATE_LINE =
  /(?:发布|发表|发稿|更新|创建)?(?:时间|日期|日)\s{0,4}[：:]|\d{1,2}:\d{2}|^.{0,40}$/u;
/** `第03版：园区`, `第 A5 版` */
const SECTION_LINE =
  /第\s{0,3}[A-Z]?\d{1,3}\s{0,3}版(?:\s{0,3}[：:]\s{0,3}[\p{Script=Han}·\w]{1,12})?/u;

/**
 * Returns what an HTML document says about its article: linked data, `<meta>`, `<time>`, and the
 * lines `来源：… 时间：…` that Chinese sites put under the headline. `text` is the document's plain
 * text. Read it before the document is changed.
 */
export function readHtmlMetadata(document: Document, text: string): PageMetadata {
  const metas = collectMetas(document);
  const meta = (field: keyof typeof META_NAMES): string | undefined =>
    META_NAMES[field]
      .split(', ')
      .map((name) => metas.get(name))
      .find((value) => value !== undefined);
  const linked = readLinkedData(document);
  const near = headLines(text);
  const title = meta('title') ?? linked.headline ?? titleOf(document);
  const dates = [
    meta('date'),
    linked.datePublished,
    document.querySelector('time[datetime]')?.getAttribute('datetime') ?? undefined,
    near
      .filter((line) => DATE_LINE.test(line))
      .map(dateWithTime)
      .find((date) => date !== null) ?? undefined,
  ];
  return withoutEmpty({
    title: title === undefined ? undefined : withoutSiteName(title, headingOf(document)),
    source: meta('source') ?? firstMatch(near, SOURCE_LINE) ?? linked.publisher ?? meta('site'),
    author: meta('author') ?? linked.author ?? firstMatch(near, AUTHOR_LINE),
    url: document.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? meta('url'),
    section: SECTION_LINE.exec(near.find((line) => SECTION_LINE.test(line)) ?? '')?.[0],
    tags: meta('tags')
      ?.split(/[,，、;；|\s]+/u)
      .filter((tag) => tag !== ''),
    dates: dates
      .filter((date): date is string => date !== undefined && date !== '')
      .slice(0, 1)
      .map((date): DateClue => ({ text: date, origin: 'html-meta' })),
  });
}

function collectMetas(document: Document): Map<string, string> {
  const metas = new Map<string, string>();
  for (const element of document.querySelectorAll('meta[content]')) {
    const name =
      element.getAttribute('property') ??
      element.getAttribute('name') ??
      element.getAttribute('itemprop');
    const content = oneLine(element.getAttribute('content') ?? '');
    if (name === null || content === '' || content.length > 1_000) continue;
    const key = name.trim().toLowerCase();
    if (!metas.has(key)) metas.set(key, content);
  }
  return metas;
}

/** The short lines before the running text begins. */
function headLines(text: string): string[] {
  const lines = text.split(/\n+/, 400);
  const body = lines.findIndex((line) => line.length > MOST_LINE);
  return lines.slice(0, body < 0 ? lines.length : body);
}

function firstMatch(lines: readonly string[], pattern: RegExp): string | undefined {
  return lines.map((line) => pattern.exec(line)?.[1]).find((value) => value !== undefined);
}

function dateWithTime(line: string): string | null {
  const date = findWrittenDate(line);
  if (date === null) return null;
  const after = line.slice(line.indexOf(date) + date.length);
  return date + (/^\s{0,3}\d{1,2}:\d{2}(?::\d{2})?/.exec(after)?.[0] ?? '');
}

function headingOf(document: Document): string | undefined {
  const headings = [...document.querySelectorAll('h1')]
    .map((heading) => oneLine(heading.textContent))
    .filter((heading) => heading !== '');
  return headings.length === 1 ? headings[0] : undefined;
}

function titleOf(document: Document): string | undefined {
  const title = oneLine(document.querySelector('title')?.textContent ?? '');
  return title === '' ? headingOf(document) : title;
}

/** `园区新闻标题_科技日报_中国科技网` → `园区新闻标题`; the page's own headline settles it. */
function withoutSiteName(title: string, heading: string | undefined): string {
  if (heading !== undefined && heading.length >= 4 && title.startsWith(heading)) return heading;
  const [first] = title.split(/\s{0,3}(?:[_|｜]|--+|——(?=[^—]{2,12}$)|\s[-–—]\s)\s{0,3}/u);
  const short = (first ?? '').trim();
  const dash = /^(.{8,})[-–](?:[\p{Script=Han}\w]{2,12}(?:网|在线|报|社|频道|新闻))$/u.exec(short);
  return dash?.[1]?.trim() ?? (short.length >= 4 ? short : title);
}

const thing = z.object({ name: z.string() }).transform(({ name }) => name);
const names = z.union([
  z.string(),
  thing,
  z.array(z.union([z.string(), thing])).transform((several) => several.join(' ')),
]);

/** What schema.org says of a NewsArticle and its kin. */
const articleSchema = z.object({
  headline: z.string(),
  datePublished: z.string().optional().catch(undefined),
  author: names.optional().catch(undefined),
  publisher: names.optional().catch(undefined),
});

const graphSchema = z.object({ '@graph': z.array(z.unknown()) });

const MOST_CHARACTERS = 100_000;

/** What the JSON-LD blocks of a document say of its article; nothing when there is none that reads. */
function readLinkedData(document: Document): Partial<z.infer<typeof articleSchema>> {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    for (const item of parseItems(script.textContent)) {
      const article = articleSchema.safeParse(item);
      if (article.success) return article.data;
    }
  }
  return {};
}

function parseItems(json: string): unknown[] {
  if (json.length > MOST_CHARACTERS) return [];
  try {
    return [JSON.parse(json) as unknown].flat().flatMap((item) => {
      const graph = graphSchema.safeParse(item);
      return graph.success ? graph.data['@graph'] : [item];
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [];
  }
}
