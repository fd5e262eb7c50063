import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openEngine } from '../../../indexer/engine/engine.ts';
import { waitForTask } from '../../../indexer/engine/wait-for-task.ts';
import type { GrownFiles } from '../grown-files.ts';
import { folderSizeMb } from './folder-size.ts';
import type { Usage } from './process-watch.ts';
import { watchProcesses } from './process-watch.ts';
import { plainClient, quietLog } from '../search/stock-engine.ts';

const root = resolve(import.meta.dirname, '../../..');

/** What taking a corpus in cost. */
export interface Taken {
  readonly seconds: number;
  /** Of what is searched: the engine's folder, or the database. */
  readonly indexMb: number;
  readonly usage: Readonly<Record<string, Usage>>;
}

export interface TakeInOptions {
  /** A command that runs the one after it. */
  readonly launcher?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** As a user does it: `npm run index -- FOLDER`, in a process of its own, by the launcher if there is one. */
export async function takeIn(
  folder: string,
  dataDir: string,
  { launcher = [], variables = {} }: TakeInOptions = {},
): Promise<Taken> {
  const words = [...launcher, 'npm', 'run', '--silent', 'index', '--', folder];
  const [command, ...args] = words as [string, ...string[]];
  const taken = await runMeasured(command, args, { ...variables, DATA_DIR: dataDir });
  return { ...taken, indexMb: folderSizeMb(join(dataDir, 'engine')) };
}

/** The same articles with the same tokens into SQLite FTS5, in a process of its own. */
export async function fillFts(folder: string, file: string): Promise<Taken> {
  const script = join(import.meta.dirname, '../search/fill-fts.ts');
  const taken = await runMeasured('node', ['--import', 'tsx', script, folder, file], {});
  return { ...taken, indexMb: statSync(file).size / 1e6 };
}

/** Each file in one request, all waiting in the queue of a stock engine: nothing is faster. */
export async function pushRaw({ files }: GrownFiles, dataDir: string): Promise<Taken> {
  mkdirSync(dataDir);
  const engine = await openEngine({ dataDir, meiliBin: process.env['MEILI_BIN'], log: quietLog });
  const watch = watchProcesses(process.pid);
  try {
    const client = plainClient(engine);
    const started = performance.now();
    const tasks = [];
    for (const file of files)
      tasks.push(
        await client
          .index('raw')
          .addDocumentsFromString(readFileSync(file, 'utf8'), 'application/x-ndjson', {
            primaryKey: 'id',
          }),
      );
    for (const task of tasks) await waitForTask(client, task);
    const seconds = (performance.now() - started) / 1000;
    // This process has other work behind it.
    const { node: _node, ...usage } = watch.usage();
    return { seconds, indexMb: folderSizeMb(join(dataDir, 'engine')), usage };
  } finally {
    watch.stop();
    await engine.stop();
  }
}

async function runMeasured(
  command: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
) {
  const started = performance.now();
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const watch = watchProcesses(child.pid!);
  const code = await new Promise((done) => child.once('exit', done));
  watch.stop();
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}:\n${complaints}`);
  return { seconds: (performance.now() - started) / 1000, usage: watch.usage() };
}
