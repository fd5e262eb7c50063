import { z } from 'zod';
import type { Page } from '../readers/page.ts';
import { prepared, type Store } from './database.ts';

const metadataSchema = z.object({
  id: z.string().exactOptional(),
  title: z.string().exactOptional(),
  dates: z.array(
    z.object({
      text: z.string(),
      origin: z.enum(['record', 'front-matter', 'html-meta', 'sidecar', 'file-name']),
    }),
  ),
  source: z.string().exactOptional(),
  url: z.string().exactOptional(),
  section: z.string().exactOptional(),
  author: z.string().exactOptional(),
  tags: z.array(z.string()).exactOptional(),
});

const rowSchema = z.object({
  id: z.int(),
  file: z.string(),
  place: z.string(),
  layout: z.enum(['newspaper', 'story']),
  text: z.string(),
  metadata: z.string(),
});

export interface StoredPage {
  readonly id: number;
  readonly page: Page;
}

/** The raw pages of a file, in the order in which they were taken in. */
export function pagesOfFile(store: Store, fileId: number): StoredPage[] {
  return store
    .prepare(
      `SELECT pages.id, files.path AS file, place, layout, text, metadata
       FROM pages JOIN files ON files.id = pages.file_id WHERE file_id = ? ORDER BY pages.id`,
    )
    .all(fileId)
    .map(parsePageRow);
}

/** The raw pages with numbers above `after`, up to `upTo`, in their order. */
export function pagesAfter(store: Store, after: number, upTo: number): StoredPage[] {
  return store
    .prepare(
      `SELECT pages.id, files.path AS file, place, layout, text, metadata
       FROM pages JOIN files ON files.id = pages.file_id
       WHERE pages.id > ? AND pages.id <= ? ORDER BY pages.id`,
    )
    .all(after, upTo)
    .map(parsePageRow);
}

function parsePageRow(row: unknown): StoredPage {
  const { id, metadata, ...page } = rowSchema.parse(row);
  return {
    id,
    page: { type: 'page', ...page, metadata: metadataSchema.parse(JSON.parse(metadata)) },
  };
}

const spanSchema = z.object({ start: z.int(), end: z.int() });
const sourcePageSchema = z.object({
  layout: rowSchema.shape.layout,
  text: z.string(),
  set_aside: z.string(),
  stories: z.int(),
});

/** The raw page that an article was cut out of. */
export interface SourcePage {
  readonly layout: Page['layout'];
  readonly text: string;
  /** What belongs to no story; UTF-16 in `text`. */
  readonly setAside: readonly z.infer<typeof spanSchema>[];
  /** The first stories of the page, in its order. */
  readonly stories: readonly { readonly id: string; readonly title: string }[];
  readonly storiesInAll: number;
}

/** Stories of a page that are named. */
const MOST_STORIES = 300;
/** Characters of spans that are read, some 25 each: the first ones of a page that has more. */
const MOST_SPANS = 100_000;

/**
 * The raw page of the article with that public id; null when there is no such article.
 * @throws ZodError when the store holds something this version did not write.
 */
export function pageOfArticle(store: Store, id: string): SourcePage | null {
  const row = store
    .prepare(
      `SELECT layout, pages.text, substr(set_aside, 1, ${MOST_SPANS}) AS set_aside,
         (SELECT count(*) FROM articles WHERE page_id = pages.id) AS stories FROM pages
       JOIN articles ON articles.page_id = pages.id WHERE articles.id = ?`,
    )
    .get(id);
  if (row === undefined) return null;
  const { layout, text, set_aside, stories: storiesInAll } = sourcePageSchema.parse(row);
  const stories = store
    .prepare<[string], { id: string; title: string }>(
      `SELECT id, title FROM articles
       WHERE page_id = (SELECT page_id FROM articles WHERE id = ?) ORDER BY position
       LIMIT ${MOST_STORIES}`,
    )
    .all(id);
  const setAside = z.array(spanSchema).parse(JSON.parse(firstSpans(set_aside)));
  return { layout, text, setAside, stories, storiesInAll };
}

/** How the page of the article with that public id is laid out; null when there is no such article. */
export function layoutOfPage(store: Store, id: string): Page['layout'] | null {
  const row = prepared<[string], { layout: Page['layout'] }>(
    store,
    'SELECT layout FROM pages JOIN articles ON articles.page_id = pages.id WHERE articles.id = ?',
  ).get(id);
  return row?.layout ?? null;
}

/** A list that may have been cut off in its midst, made whole without its rest. */
function firstSpans(list: string): string {
  return list.endsWith(']') ? list : `${list.slice(0, list.lastIndexOf('}') + 1)}]`;
}
