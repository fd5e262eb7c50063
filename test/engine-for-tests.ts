import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnvironment } from '../config/environment.ts';
import type { Engine } from '../indexer/engine/engine.ts';
import { masterClient, openEngine } from '../indexer/engine/engine.ts';
import { askVersion } from '../indexer/engine/engine-health.ts';
import { waitForTask } from '../indexer/engine/wait-for-task.ts';

export interface TestEngine {
  readonly engine: Engine;
  /** An empty folder of its own, for the article store too. */
  readonly dataDir: string;
  /** Begin every index name with it: with MEILI_URL set, other tests use the same engine. */
  readonly indexPrefix: string;
  /** Stops the engine and deletes what the test left behind, in the folder and at MEILI_URL. */
  readonly stop: () => Promise<void>;
}

/** A real engine for one test file: its own one, or with MEILI_URL set, the one there. */
export async function startTestEngine(): Promise<TestEngine> {
  const dataDir = await mkdtemp(join(tmpdir(), 'park-news-test-'));
  const indexPrefix = `test-${randomBytes(6).toString('hex')}-`;
  const { meiliUrl, meiliMasterKey, meiliBin } = parseEnvironment(process.env);
  const engine = await openEngine({
    // Beside the store's folder: an engine's data without a store are a store that was lost.
    dataDir: join(dataDir, 'of-engine'),
    meiliUrl,
    meiliMasterKey,
    meiliBin,
    log: { info: () => undefined, warn: complain, error: complain },
  });
  return {
    engine,
    dataDir,
    indexPrefix,
    async stop() {
      if (!engine.owned) await deleteIndexes(engine, indexPrefix);
      await engine.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Whether MEILI_URL is set and leads to an engine that was started without a master key. */
export async function isOpenToAll(): Promise<boolean> {
  const { meiliUrl } = parseEnvironment(process.env);
  if (meiliUrl === undefined) return false;
  return (await askVersion(meiliUrl, undefined, 5_000)).type === 'version';
}

async function deleteIndexes(engine: Engine, prefix: string): Promise<void> {
  const client = masterClient(engine);
  const { results } = await client.getIndexes({ limit: 1000 });
  for (const { uid } of results)
    if (uid.startsWith(prefix)) await waitForTask(client, await client.deleteIndex(uid));
}

function complain(message: string): void {
  process.stderr.write(`${message}\n`);
}
