import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach } from 'vitest';
import { z } from 'zod';
import type { Engine, EngineOptions } from '../../../indexer/engine/engine.ts';
import { masterClient, openEngine } from '../../../indexer/engine/engine.ts';
import {
  findProcessesWithArgument,
  signalProcess,
} from '../../../indexer/engine/process-identity.ts';
import { waitForTask } from '../../../indexer/engine/wait-for-task.ts';

/** Where a real engine can be started for sure: the packaged one, or the one that MEILI_BIN names. */
export const CAN_START_ENGINE =
  process.env['MEILI_BIN'] !== undefined ||
  (process.platform === 'linux' && process.arch === 'x64');

const holder = z.object({ url: z.string(), freshIndex: z.boolean() });

interface Holder extends z.infer<typeof holder> {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;
}

export interface EngineBench {
  readonly dataDir: () => string;
  /** What all engines of the running test logged, one message an entry. */
  readonly messages: () => readonly string[];
  readonly open: (options?: Partial<EngineOptions>) => Promise<Engine>;
  /** Opens the engine in a process of its own; see fixture/engine-holder.ts. */
  readonly hold: () => Promise<Holder>;
  /** Numbers of the engine processes that run on the folder. */
  readonly enginePids: () => number[];
}

/** Gives each test a folder of its own, and ends whatever the test started in it. */
export function setUpEngineBench(): EngineBench {
  let dataDir: string | null = null;
  let messages: string[] = [];
  const engines: Engine[] = [];
  const children: ChildProcess[] = [];
  const say = (message: string) => void messages.push(message);
  const bench: EngineBench = {
    dataDir: () => (dataDir ??= realpathSync(mkdtempSync(join(tmpdir(), 'park-news-engine-')))),
    messages: () => messages,
    async open(options = {}) {
      const engine = await openEngine({
        dataDir: bench.dataDir(),
        meiliBin: process.env['MEILI_BIN'],
        log: { info: say, warn: say, error: say },
        ...options,
      });
      engines.push(engine);
      return engine;
    },
    async hold() {
      const script = join(import.meta.dirname, 'fixture', 'engine-holder.ts');
      const child = spawn(process.execPath, ['--import', 'tsx', script, bench.dataDir()], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      const exited = once(child, 'exit');
      const lines = createInterface({ input: child.stdout });
      const first = await Promise.race([once(lines, 'line'), exited.then(() => null)]);
      if (first === null) throw new Error('the holder ended before it had an engine');
      return { ...holder.parse(JSON.parse(String(first[0]))), child, exited };
    },
    enginePids: () =>
      findProcessesWithArgument(join(bench.dataDir(), 'engine', 'meili')).map(({ pid }) => pid),
  };
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const engine of engines.splice(0)) await engine.stop();
    if (dataDir === null) return;
    for (const pid of bench.enginePids()) signalProcess(pid, 'SIGKILL');
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    dataDir = null;
    messages = [];
  });
  return bench;
}

/** Puts one document into the index `notes`. */
export async function addNote(engine: Engine, id: number): Promise<void> {
  const client = masterClient(engine);
  await waitForTask(client, await client.index('notes').addDocuments([{ id }]));
}

/** Ids of all documents in the index `notes`, ascending. */
export async function noteIds(engine: Pick<Engine, 'url' | 'masterKey'>): Promise<unknown[]> {
  const { results } = await masterClient(engine).index('notes').getDocuments({ limit: 100 });
  return results.map((note) => z.number().parse(note['id'])).sort((a, b) => a - b);
}

/** Returns when the condition holds; throws when it does not within 20 s. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('the condition did not come true within 20 s');
    await sleep(50);
  }
}
