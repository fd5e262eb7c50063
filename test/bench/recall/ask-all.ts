import { z } from 'zod';
import { getJson, getText } from '../relevance/systems/our-service.ts';

const PAGE_SIZE = 50;

/** Longer lists are read as an export, which is about twice as quick as page after page. */
const MOST_PAGED = 1_000;

const pageSchema = z.object({
  query: z.object({
    rewrites: z.array(z.object({ type: z.string(), from: z.string(), to: z.string() })),
  }),
  total: z.int(),
  totalIsExact: z.boolean(),
  hits: z.array(z.object({ id: z.string() })),
});
const rowSchema = z.object({ id: z.string() });

/** Every hit of a query. */
export interface AllHits {
  readonly ids: ReadonlySet<string>;
  readonly total: number;
  readonly totalIsExact: boolean;
  /** How often a hit was given that had been given before. */
  readonly repeated: number;
  /** `date 去年→2023` */
  readonly rewrites: readonly string[];
}

/**
 * Asks the service for everything that a query finds, over HTTP: all pages one after the other, or the
 * export where they are many.
 * @throws when it answers with an error.
 */
export async function askAll(address: string, query: string): Promise<AllHits> {
  const first = await askPage(address, query, 1);
  const given =
    first.total > MOST_PAGED
      ? await exportedIds(address, query)
      : [...first.hits.map(({ id }) => id), ...(await furtherIds(address, query, first.total))];
  const ids = new Set(given);
  return {
    ids,
    total: first.total,
    totalIsExact: first.totalIsExact,
    repeated: given.length - ids.size,
    rewrites: first.query.rewrites.map(({ type, from, to }) => `${type} ${from}→${to}`),
  };
}

async function furtherIds(address: string, query: string, total: number): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 2; (page - 1) * PAGE_SIZE < total; page++) {
    const { hits } = await askPage(address, query, page);
    for (const { id } of hits) ids.push(id);
  }
  return ids;
}

async function askPage(address: string, query: string, page: number) {
  const parameters = new URLSearchParams({ q: query, size: `${PAGE_SIZE}`, page: `${page}` });
  return pageSchema.parse(await getJson(`${address}/api/search?${parameters.toString()}`));
}

async function exportedIds(address: string, query: string): Promise<string[]> {
  const parameters = new URLSearchParams({ q: query, format: 'jsonl' });
  const rows = await getText(`${address}/api/export?${parameters.toString()}`);
  return rows
    .split('\n')
    .flatMap((row) => (row === '' ? [] : [rowSchema.parse(JSON.parse(row)).id]));
}
