import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Meilisearch } from 'meilisearch';
import { type Engine, openEngine } from '../../../../indexer/engine/engine.ts';
import { waitForTask } from '../../../../indexer/engine/wait-for-task.ts';
import { articlesOf, type Collection } from '../collection.ts';
import { DEPTH } from '../metrics.ts';
import type { RankingSystem } from './system.ts';

const INDEX = 'stock';
const ARTICLES_AT_ONCE = 2_000;

/** The engine as it comes: default settings, titles and texts as they are, the default query. */
export const stockMeilisearch: RankingSystem = {
  name: 'stock',
  async open(collection, cache) {
    const dataDir = join(cache, `stock-${collection.hash}`);
    const builtMark = join(dataDir, 'built');
    const isBuilt = existsSync(builtMark);
    if (!isBuilt) await rm(dataDir, { recursive: true, force: true });
    await mkdir(dataDir, { recursive: true });
    const engine = await openEngine({
      dataDir,
      meiliBin: process.env['MEILI_BIN'],
      log: { info: () => undefined, warn: complain, error: complain },
    });
    const client = openClient(engine);
    if (!isBuilt) {
      const index = client.index(INDEX);
      for await (const batch of batches(collection))
        await waitForTask(
          client,
          await index.addDocumentsFromString(batch, 'application/x-ndjson', { primaryKey: 'id' }),
        );
      writeFileSync(builtMark, '');
    }
    return {
      async search(query) {
        const { hits } = await client.index<{ id: string }>(INDEX).search(query, { limit: DEPTH });
        return hits.map(({ id }) => id);
      },
      close: () => engine.stop(),
    };
  },
};

/**
 * Compressed answers leave the engine in two packets, of which the second waits 40 ms for the first to be
 * acknowledged; `fetch` asks for compression unless told otherwise.
 */
function openClient({ url, masterKey }: Engine): Meilisearch {
  return new Meilisearch({
    host: url,
    ...(masterKey === undefined ? {} : { apiKey: masterKey }),
    requestInit: { headers: { 'accept-encoding': 'identity' } },
  });
}

async function* batches(collection: Collection): AsyncGenerator<string> {
  let lines: string[] = [];
  for await (const { id, title, text } of articlesOf(collection)) {
    lines.push(JSON.stringify({ id, title, text }));
    if (lines.length < ARTICLES_AT_ONCE) continue;
    yield lines.join('\n');
    lines = [];
  }
  if (lines.length > 0) yield lines.join('\n');
}

function complain(message: string): void {
  process.stderr.write(`${message}\n`);
}
