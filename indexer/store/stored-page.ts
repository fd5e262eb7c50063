import { z } from 'zod';
import type { Page } from '../readers/page.ts';
import { allRows, firstRow, valueOf, type Store } from './database.ts';
import { jsonOf } from './stored-article.ts';

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
  metadata: jsonOf(metadataSchema),
});

export interface StoredPage {
  readonly id: number;
  readonly page: Page;
}

/** The raw pages of a file, in the order in which they were taken in. */
export function pagesOfFile(store: Store, fileId: number): StoredPage[] {
  return pagesWhere(store, 'file_id = ?', fileId);
}

/** The raw pages with numbers above `after`, up to `upTo`, in their order. */
export function pagesAfter(store: Store, after: number, upTo: number): StoredPage[] {
  return pagesWhere(store, 'pages.id > ? AND pages.id <= ?', after, upTo);
}

function pagesWhere(store: Store, condition: string, ...values: number[]): StoredPage[] {
  return allRows(
    store,
    `SELECT pages.id, files.path AS file, place, layout, text, metadata
     FROM pages JOIN files ON files.id = pages.file_id WHERE ${condition} ORDER BY pages.id`,
    ...values,
  ).map((row) => {
    const { id, ...page } = rowSchema.parse(row);
    return { id, page: { type: 'page', ...page } };
  });
}

const sourcePageSchema = z.object({
  layout: rowSchema.shape.layout,
  text: z.string(),
  /** What belongs to no story; UTF-16 in `text`. */
  setAside: z
    .string()
    .transform(firstSpans)
    .pipe(jsonOf(z.array(z.object({ start: z.int(), end: z.int() })))),
  storiesInAll: z.int(),
});

/** The raw page that an article was cut out of. */
export interface SourcePage extends Readonly<z.infer<typeof sourcePageSchema>> {
  /** The first stories of the page, in its order. */
  readonly stories: readonly { readonly id: string; readonly title: string }[];
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
  const row = firstRow(
    store,
    `SELECT layout, pages.text, substr(set_aside, 1, ${MOST_SPANS}) AS setAside,
       (SELECT count(*) FROM articles WHERE page_id = pages.id) AS storiesInAll
     FROM pages JOIN articles ON articles.page_id = pages.id WHERE articles.id = ?`,
    id,
  );
  if (row === undefined) return null;
  const stories = allRows<{ id: string; title: string }>(
    store,
    `SELECT id, title FROM articles
     WHERE page_id = (SELECT page_id FROM articles WHERE id = ?) ORDER BY position
     LIMIT ${MOST_STORIES}`,
    id,
  );
  return { ...sourcePageSchema.parse(row), stories };
}

/** How the page of the article with that public id is laid out; null when there is no such article. */
export function layoutOfPage(store: Store, id: string): Page['layout'] | null {
  const sql =
    'SELECT layout FROM pages JOIN articles ON articles.page_id = pages.id WHERE articles.id = ?';
  return valueOf<Page['layout']>(store, sql, id) ?? null;
}

/** A list that may have been cut off in its midst, made whole without its rest. */
function firstSpans(list: string): string {
  return list.endsWith(']') ? list : `${list.slice(0, list.lastIndexOf('}') + 1)}]`;
}
