import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import { createdSavedSearchSchema } from '../../server/api/saved-search-schema.ts';
import { openStore } from '../../indexer/store/database.ts';
import { StoreBusyError, writeStore } from '../../indexer/store/write-store.ts';
import { exited } from '../service-process.ts';
import type { TestService } from '../service-for-tests.ts';
import { startTestService } from '../service-for-tests.ts';

let service: TestService;
const holders = new Set<ChildProcess>();

beforeAll(async () => {
  service = await startTestService();
});

afterAll(async () => {
  for (const holder of holders) holder.kill();
  await service.stop();
});

/** Another process that has begun to write and goes on until it is told to end. */
async function holdWriteLock() {
  const program = `
    const Database = require('better-sqlite3');
    const store = new Database(process.argv[1]);
    store.exec('BEGIN IMMEDIATE');
    process.stdin.once('data', () => { store.exec('ROLLBACK'); process.exit(0); });
    console.log('held');`;
  const holder = spawn(
    process.execPath,
    ['-e', program, join(service.dataDir, 'articles.sqlite')],
    { cwd: join(import.meta.dirname, '..', '..'), stdio: ['pipe', 'pipe', 'inherit'] },
  );
  holders.add(holder);
  await once(holder.stdout, 'data');
  return async () => {
    holder.stdin.end('end');
    await exited(holder);
    holders.delete(holder);
  };
}

function save(name: string): Promise<Response> {
  return fetch(`${service.address}/api/saved-searches`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, query: 'q=高新区' }),
  });
}

async function saved(response: Response) {
  expect(response.status).toBe(201);
  return createdSavedSearchSchema.parse(await response.json());
}

describe('While another process writes to the store', () => {
  it('everything that only reads is answered, and what is saved meanwhile is saved afterwards', async () => {
    const before = await saved(await save('先前'));
    const release = await holdWriteLock();
    const waiting = [1, 2, 3, 4].map((n) => save(`等着的 ${n}`));
    let isAnswered = false;
    void Promise.any(waiting).then(() => (isAnswered = true));

    const found = searchResponseSchema.parse(
      await (
        await fetch(`${service.address}/api/search?q=${encodeURIComponent('贵阳 高新区')}`)
      ).json(),
    );
    expect(found.total).toBeGreaterThan(0);
    for (const path of [
      '/healthz',
      '/search?q=gaoxinqu',
      `/articles/${found.hits[0]!.id}`,
      `/api/saved-searches/${before.id}`,
      `/s/${before.id}/feed.atom`,
      '/admin',
    ])
      expect((await fetch(`${service.address}${path}`)).status, path).toBe(200);
    expect(isAnswered).toBe(false);

    await release();
    for (const response of await Promise.all(waiting)) await saved(response);
  });

  it('writing gives up after its time, with nothing written', async () => {
    const release = await holdWriteLock();
    const store = openStore(service.dataDir, 'briefly');
    try {
      const written = writeStore(store, () => expect.unreachable(), { within: 50 });
      await expect(written).rejects.toThrow(StoreBusyError);
      const aborted = writeStore(store, () => expect.unreachable(), {
        signal: AbortSignal.timeout(20),
      });
      await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    } finally {
      store.close();
      await release();
    }
  });

  it('a store is opened, and another service could start, without waiting for it', async () => {
    const release = await holdWriteLock();
    openStore(service.dataDir).close();
    await release();
  });
});
