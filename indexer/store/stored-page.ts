import { z } from 'zod';
import type { Page } from '../readers/page.ts';
import type { Store } from './database.ts';

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
});

/** The raw page that an article was cut out of. */
export interface SourcePage {
  readonly layout: Page['layout'];
  readonly text: string;
  /** What belongs to no story; UTF-16 in `text`. */
  readonly setAside: readonly z.infer<typeof spanSchema>[];
  /** Every story of the page, in its order. */
  readonly stories: readonly { readonly id: string; readonly title: string }[];
}

/**
 * The raw page of the article with that public id; null when there is no such article.
 * @throws ZodError when the store holds something this version did not write.
 */
export function pageOfArticle(store: Store, id: string): SourcePage | null {
  const row = store
    .prepare(
      `SELECT layout, pages.text, set_aside FROM pages
       JOIN articles ON articles.page_id = pages.id WHERE articles.id = ?`,
    )
    .get(id);
  if (row === undefined) return null;
  const { layout, text, set_aside } = sourcePageSchema.parse(row);
  const stories = store
    .prepare<[string], { id: string; title: string }>(
      `SELECT id, title FROM articles
       WHERE page_id = (SELECT page_id FROM articles WHERE id = ?) ORDER BY position`,
    )
    .all(id);
  return { layout, text, setAside: z.array(spanSchema).parse(JSON.parse(set_aside)), stories };
}
