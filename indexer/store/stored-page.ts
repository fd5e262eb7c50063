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
    .map((row) => {
      const { id, metadata, ...page } = rowSchema.parse(row);
      return {
        id,
        page: { type: 'page', ...page, metadata: metadataSchema.parse(JSON.parse(metadata)) },
      };
    });
}
