import { existsSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pino } from 'pino';
import { z } from 'zod';
import { parseEnvironment } from '../../../../config/environment.ts';
import { groupDuplicates } from '../../../../indexer/duplicates/group-duplicates.ts';
import { ingestFiles } from '../../../../indexer/ingest/ingest-files.ts';
import { openStore } from '../../../../indexer/store/database.ts';
import { createIngestPipeline } from '../../../../indexer/ingest/ingest-pipeline.ts';
import type { Service } from '../../../../server/start-service.ts';
import { startService } from '../../../../server/start-service.ts';
import type { Collection } from '../collection.ts';
import { DEPTH } from '../metrics.ts';
import type { RankingSystem } from './system.ts';

const pageSchema = z.object({ hits: z.array(z.object({ id: z.string() })) });

/** The product itself: its own ingest, asked through its HTTP API. */
export const ours: RankingSystem = {
  name: 'ours',
  async open(collection, cache) {
    const service = await startOurService(collection, cache);
    return {
      async search(query) {
        const found = await getJson(
          `${service.address}/api/search?size=${DEPTH}&q=${encodeURIComponent(query)}`,
        );
        return pageSchema.parse(found).hits.map(({ id }) => id);
      },
      close: service.stop,
    };
  },
};

/**
 * Starts the service on a data folder in the cache that holds the collection; takes it in first when the
 * folder is new. An index made by other rules than today's is rebuilt by the service as it starts; what
 * the readers and annotators made stays as it was.
 */
export async function startOurService(collection: Collection, cache: string): Promise<Service> {
  const dataDir = join(cache, `ours-${collection.hash}`);
  if (!existsSync(takenMark(dataDir))) await takeIn(collection, dataDir);
  const environment = parseEnvironment({
    PORT: '0',
    LOG_LEVEL: 'warn',
    SAMPLE_CORPUS: 'off',
    // What is measured here is what is found, also on a machine that has other work.
    ENGINE_LIMIT_MS: '20000',
    DATA_DIR: dataDir,
    MEILI_BIN: process.env['MEILI_BIN'],
  });
  return startService(environment, pino({ level: 'warn' }, pino.destination(2)), createServer);
}

const takenMark = (dataDir: string) => join(dataDir, 'taken-in');

async function takeIn(collection: Collection, dataDir: string): Promise<void> {
  await rm(dataDir, { recursive: true, force: true });
  const store = openStore(dataDir);
  try {
    const { preparePage } = createIngestPipeline();
    const report = await ingestFiles([collection.file], { store, preparePage });
    const [first] = report.rejections;
    if (first !== undefined)
      throw new Error(`${report.rejections.length} articles rejected: ${JSON.stringify(first)}`);
    await groupDuplicates(store);
  } finally {
    store.close();
  }
  writeFileSync(takenMark(dataDir), '');
}

/** Returns the JSON at an address; throws as {@link getText} does. */
export async function getJson(url: string): Promise<unknown> {
  return JSON.parse(await getText(url));
}

/**
 * Returns what is at an address.
 * @throws with the beginning of the answer when the status is not 2xx.
 */
export async function getText(url: string): Promise<string> {
  const response = await fetch(url).catch((error: unknown) => {
    // A connection kept from before may end just when it is used again; then, as a browser would: once more.
    if ((error as Error).cause instanceof Error) return fetch(url);
    throw error;
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} for ${url}: ${text.slice(0, 300)}`);
  return text;
}
