import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signalProcess } from '../../indexer/engine/process-identity.ts';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import { startTestEngine } from '../engine-for-tests.ts';
import { enginesOf, exited, trackProcesses } from '../service-process.ts';
import { copySample, temporaryFolder } from '../service-for-tests.ts';

const processes = trackProcesses();
const { run, startService } = processes;
const folders: string[] = [];

afterAll(async () => {
  await processes.end();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function damageIndexes(dataDir: string): void {
  const indexes = join(dataDir, 'engine', 'meili', 'indexes');
  for (const index of readdirSync(indexes)) {
    const file = join(indexes, index, 'data.mdb');
    writeFileSync(file, readFileSync(file).fill(0xab, 0, 8_192));
  }
}

/** Unless the damage has ended it already. */
function killEngine(dataDir: string): void {
  for (const pid of enginesOf(dataDir)) signalProcess(pid, 'SIGKILL');
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(50);
}

async function totalOf(address: string, q: string): Promise<number> {
  const response = await fetch(`${address}/api/search?q=${encodeURIComponent(q)}`);
  return searchResponseSchema.parse(await response.json()).total;
}

function newFolder(): string {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder;
}

/** One life of a service on one folder: what each test leaves is where the next begins. */
describe('the service', () => {
  const DATA_DIR = newFolder();
  let service: Awaited<ReturnType<typeof startService>>;
  let total: number;

  beforeAll(async () => {
    await copySample(DATA_DIR);
    service = await startService({ DATA_DIR });
    total = await totalOf(service.address, '高新区');
    expect(total).toBeGreaterThan(0);
  });

  it('comes back by itself after kill -9 of its engine', async () => {
    const [engine] = enginesOf(DATA_DIR);
    process.kill(engine!, 'SIGKILL');
    const answer = await fetch(`${service.address}/search?q=x`);
    expect([200, 503]).toContain(answer.status);
    if (answer.status === 503) expect(answer.headers.get('retry-after')).not.toBeNull();
    await until(async () => (await fetch(`${service.address}/api/search`)).status === 200);
    expect(await totalOf(service.address, '高新区')).toBe(total);
  });

  it('mends an index whose files were damaged while it ran', async () => {
    damageIndexes(DATA_DIR);
    const before = service.output().length;
    killEngine(DATA_DIR);
    // Never asked before, so that no answer is at hand: it meets the damage, and in the end the new index.
    await until(async () => {
      const { status } = await fetch(`${service.address}/api/search?size=20`);
      return status === 200 && service.output().slice(before).includes('从文章库重建');
    });
    await until(async () => {
      const answer = await fetch(`${service.address}/api/search?q=${encodeURIComponent('高新区')}`);
      return answer.ok && total === ((await answer.json()) as { total: number }).total;
    });
  });

  it('names a busy port and what to do', async () => {
    const PORT = new URL(service.address).port;
    const second = run('server/main.ts', [], { DATA_DIR: newFolder(), SAMPLE_CORPUS: 'off', PORT });
    expect(await exited(second.child)).toBe(1);
    expect(second.output()).toMatch(new RegExp(`端口 ${PORT} 已被占用.*PORT=0`, 'u'));
  });

  it('makes articles searchable that the command line adds beside it', async () => {
    expect(await totalOf(service.address, '"青金石产业园"')).toBe(0);
    const file = join(newFolder(), 'news.jsonl');
    writeFileSync(file, '{"title":"青金石产业园开园","text":"青金石产业园今日开园。"}\n');
    const command = run('indexer/cli.ts', ['index', file], { DATA_DIR });
    expect(await exited(command.child)).toBe(0);
    await until(async () => (await totalOf(service.address, '"青金石产业园"')) === 1);
  });

  it('can be started twice on one folder: the second shares the engine', async () => {
    const second = await startService({ DATA_DIR });
    expect(await totalOf(second.address, '高新区')).toBe(total);
    expect(await totalOf(service.address, '高新区')).toBe(total);
    expect(enginesOf(DATA_DIR)).toHaveLength(1);
    second.child.kill('SIGTERM');
    expect(await exited(second.child)).toBe(0);
  });

  it('keeps its articles through kill -9 of itself', async () => {
    service.child.kill('SIGKILL');
    await exited(service.child);
    service = await startService({ DATA_DIR });
    expect(await totalOf(service.address, '高新区')).toBe(total);
  });

  it('mends a damaged index that nobody searches', async () => {
    const before = service.output().length;
    damageIndexes(DATA_DIR);
    killEngine(DATA_DIR);
    await until(() => service.output().slice(before).includes('清空后从文章库重建'));
    await until(async () => (await fetch(`${service.address}/api/search`)).status === 200);
  });

  it('ends a request under way before it stops, and leaves no engine behind', async () => {
    const { hostname, port } = new URL(service.address);
    const client = connect(Number(port), hostname);
    let answer = '';
    client.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    client.write('GET /healthz HTTP/1.1\r\nHost: x\r\n');
    await until(() => client.bytesWritten > 0);
    await sleep(100);
    service.child.kill('SIGTERM');
    await until(() => service.output().includes('正在停止'));
    expect(service.child.exitCode).toBeNull();
    client.write('Connection: close\r\n\r\n');
    expect(await exited(service.child)).toBe(0);
    expect(answer).toContain('200 OK');
    expect(enginesOf(DATA_DIR)).toEqual([]);
  });

  it('rebuilds the index when the engine’s data is of another version', async () => {
    writeFileSync(join(DATA_DIR, 'engine', 'meili', 'VERSION'), '1.11.0');
    service = await startService({ DATA_DIR });
    expect(await totalOf(service.address, '高新区')).toBe(total);
  });

  it('stops at once at a second signal', async () => {
    const { hostname, port } = new URL(service.address);
    const idle = connect(Number(port), hostname);
    idle.write('GET /');
    await sleep(100);
    service.child.kill('SIGTERM');
    await until(() => service.output().includes('正在停止'));
    service.child.kill('SIGTERM');
    expect(await exited(service.child)).toBe(1);
    idle.destroy();
  });
});

describe('a service that cannot start', () => {
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

  it('names a damaged article store and what to do', async () => {
    const DATA_DIR = newFolder();
    writeFileSync(join(DATA_DIR, 'articles.sqlite'), 'no database at all'.repeat(500));
    const started = run('server/main.ts', [], { DATA_DIR });
    expect(await exited(started.child)).toBe(1);
    expect(started.output()).toMatch(/文章库.*已损坏.*npm run restore/u);
  });
});
