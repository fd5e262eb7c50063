import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binarySources, findEngineBinary } from '../indexer/engine/engine-binary.ts';
import { openEngineFolder } from '../indexer/engine/engine-folder.ts';
import type { EngineProcess } from '../indexer/engine/engine-process.ts';
import { startEngine } from '../indexer/engine/engine-start.ts';
import { findFreePort } from '../indexer/engine/free-port.ts';

/** One of several real engines; it keeps its address and its data over kill and start. */
export interface TestShard {
  readonly url: string;
  readonly masterKey: string;
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Takes connections and answers none, until `resume`. */
  readonly hang: () => Promise<void>;
  readonly resume: () => Promise<void>;
  /** Starts it again without its data. */
  readonly loseData: () => Promise<void>;
}

export interface TestShards {
  readonly shards: readonly TestShard[];
  /** MEILI_SHARDS and MEILI_MASTER_KEY for these of them; all by default. */
  readonly variables: (some?: readonly TestShard[]) => Record<string, string>;
  readonly stop: () => Promise<void>;
}

/** As many real engines, each with a master key of its own. */
export async function startTestShards(count: number): Promise<TestShards> {
  const folder = mkdtempSync(join(tmpdir(), 'park-news-shards-'));
  const shards: TestShard[] = [];
  for (let at = 0; at < count; at += 1)
    shards.push(await startTestShard(join(folder, `shard-${at}`), `master-key-of-shard-${at}`));
  return {
    shards,
    variables: (some = shards) => ({
      MEILI_SHARDS: some.map(({ url }) => url).join(','),
      MEILI_MASTER_KEY: some.map(({ masterKey }) => masterKey).join(','),
      MEILI_URL: '',
    }),
    async stop() {
      await Promise.all(shards.map((shard) => shard.kill()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startTestShard(dataDir: string, masterKey: string): Promise<TestShard> {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const folder = openEngineFolder(dataDir);
  const binary = await findEngineBinary(binarySources(process.env['MEILI_BIN']), folder);
  const port = await findFreePort();
  const { signal } = new AbortController();
  let running: EngineProcess | null = null;
  const start = async () => {
    const options = { folder, binary, masterKey, port, signal, lowMemory: false, log: silent };
    running ??= (await startEngine(options)).process;
  };
  const send = (name: NodeJS.Signals) => {
    if (running !== null) process.kill(running.identity.pid, name);
    return Promise.resolve();
  };
  const kill = async () => {
    const ended = running?.exited;
    // The engine does not keep this process going, which else might end before it.
    const going = setInterval(() => undefined, 1_000);
    await send('SIGKILL');
    await ended;
    clearInterval(going);
    running = null;
  };
  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    masterKey,
    kill,
    start,
    hang: () => send('SIGSTOP'),
    resume: () => send('SIGCONT'),
    async loseData() {
      await kill();
      rmSync(folder.database, { recursive: true, force: true });
      await start();
    },
  };
}
