import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import { startTestEngine } from '../engine-for-tests.ts';
import { temporaryFolder } from '../service-for-tests.ts';

const root = resolve(import.meta.dirname, '../..');
const children: ChildProcess[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGTERM');
    await exited(child);
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
}

function run(script: string, args: string[], variables: Record<string, string>): Started {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LOG_LEVEL: 'info', ...variables },
  });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
}

function exited(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((done) => child.once('exit', (code) => done(code)));
}

/** Starts the service as `npm start` does and returns its address once it says that it is ready. */
async function startService(
  variables: Record<string, string>,
): Promise<Started & { address: string }> {
  const started = run('server/main.ts', [], { PORT: '0', ...variables });
  await until(() => /已就绪：\S+/u.test(started.output()) || started.child.exitCode !== null);
  const address = /已就绪：(\S+)/u.exec(started.output())?.[1];
  if (address === undefined) throw new Error(`the service did not start:\n${started.output()}`);
  return { ...started, address };
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(50);
}

async function totalOf(address: string, q: string): Promise<number> {
  const response = await fetch(`${address}/api/search?q=${encodeURIComponent(q)}`);
  return searchResponseSchema.parse(await response.json()).total;
}

/** Process ids of engines whose database lies in the folder. */
function enginesOf(dataDir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => commandLine(pid).includes(dataDir) && program(pid).includes('meilisearch'));
}

function commandLine(pid: number): string {
  return readProcess(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
}

function program(pid: number): string {
  return readProcess(() => readlinkSync(`/proc/${pid}/exe`));
}

function readProcess(read: () => string): string {
  try {
    return read();
  } catch (error) {
    // It ended between the listing and the reading.
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return '';
    throw error;
  }
}

function newFolder(): string {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder;
}

describe('the service', () => {
  it('keeps its articles through kill -9 of itself', async () => {
    const DATA_DIR = newFolder();
    const first = await startService({ DATA_DIR });
    const total = await totalOf(first.address, '高新区');
    expect(total).toBeGreaterThan(0);
    first.child.kill('SIGKILL');
    await exited(first.child);
    const second = await startService({ DATA_DIR });
    expect(await totalOf(second.address, '高新区')).toBe(total);
  });

  it('comes back by itself after kill -9 of its engine', async () => {
    const DATA_DIR = newFolder();
    const service = await startService({ DATA_DIR });
    const total = await totalOf(service.address, '高新区');
    const [engine] = enginesOf(DATA_DIR);
    process.kill(engine!, 'SIGKILL');
    const answer = await fetch(`${service.address}/search?q=x`);
    expect([200, 503]).toContain(answer.status);
    if (answer.status === 503) expect(answer.headers.get('retry-after')).not.toBeNull();
    await until(async () => (await fetch(`${service.address}/api/search`)).status === 200);
    expect(await totalOf(service.address, '高新区')).toBe(total);
  });

  it('can be started twice on one folder: the second shares the engine', async () => {
    const DATA_DIR = newFolder();
    const first = await startService({ DATA_DIR });
    const second = await startService({ DATA_DIR });
    expect(await totalOf(second.address, '高新区')).toBe(await totalOf(first.address, '高新区'));
    expect(enginesOf(DATA_DIR)).toHaveLength(1);
  });

  it('makes articles searchable that the command line adds beside it', async () => {
    const DATA_DIR = newFolder();
    const service = await startService({ DATA_DIR, SAMPLE_CORPUS: 'off' });
    expect(await totalOf(service.address, '贵阳高新区')).toBe(0);
    const command = run('indexer/cli.ts', ['index', 'config/sample-corpus/posts'], { DATA_DIR });
    expect(await exited(command.child)).toBe(0);
    await until(async () => (await totalOf(service.address, '贵阳高新区')) > 0);
  });

  it('leaves no engine behind when it is told to stop', async () => {
    const DATA_DIR = newFolder();
    const service = await startService({ DATA_DIR });
    service.child.kill('SIGTERM');
    expect(await exited(service.child)).toBe(0);
    expect(enginesOf(DATA_DIR)).toEqual([]);
  });

  it('names a busy port and what to do', async () => {
    const first = await startService({ DATA_DIR: newFolder(), SAMPLE_CORPUS: 'off' });
    const PORT = new URL(first.address).port;
    const second = run('server/main.ts', [], { DATA_DIR: newFolder(), SAMPLE_CORPUS: 'off', PORT });
    expect(await exited(second.child)).toBe(1);
    expect(second.output()).toMatch(new RegExp(`端口 ${PORT} 已被占用.*PORT=0`, 'u'));
  });

  it('names a wrong key', async () => {
    const { engine, stop } = await startTestEngine();
    const started = run('server/main.ts', [], {
      DATA_DIR: newFolder(),
      MEILI_URL: engine.url,
      MEILI_MASTER_KEY: 'wrong',
    });
    expect(await exited(started.child)).toBe(1);
    expect(started.output()).toMatch(/密钥/u);
    await stop();
  });

  it('rebuilds the index when the engine’s data is of another version', async () => {
    const DATA_DIR = newFolder();
    const first = await startService({ DATA_DIR });
    const total = await totalOf(first.address, '高新区');
    first.child.kill('SIGTERM');
    await exited(first.child);
    const version = join(DATA_DIR, 'engine', 'meili', 'VERSION');
    writeFileSync(version, '1.11.0');
    const second = await startService({ DATA_DIR });
    expect(await totalOf(second.address, '高新区')).toBe(total);
  });
});
