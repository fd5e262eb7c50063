import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../indexer/store/database.ts';
import { temporaryFolder } from '../service-for-tests.ts';
import { savedSearchClient } from './saved-search-client.ts';

const root = resolve(import.meta.dirname, '../..');
let folder: string;
let child: ChildProcess | undefined;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(async () => {
  await end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<string> {
  const started = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: '0',
      DATA_DIR: folder,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child = started;
  let output = '';
  started.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  while (!/已就绪：\S+/u.test(output)) {
    if (started.exitCode !== null) throw new Error(`the service did not start: ${output}`);
    await sleep(50);
  }
  return /已就绪：(\S+)/u.exec(output)![1]!;
}

async function end(signal: NodeJS.Signals): Promise<void> {
  const ending = child;
  child = undefined;
  if (ending === undefined || ending.exitCode !== null) return;
  const exited = once(ending, 'exit');
  ending.kill(signal);
  await exited;
}

describe('a saved search', () => {
  it('survives kill -9 during saving, and a rebuild', async () => {
    const client = savedSearchClient(await start());
    const first = await client.save('第一个', 'q=营商环境');
    const entries = (await client.jsonFeed(first.id)).items;
    const acknowledged = [first];
    const saving = Array.from({ length: 8 }, async (_, row) => {
      try {
        for (let n = 0; ; n += 1)
          acknowledged.push(await client.save(`第 ${row}-${n} 个`, `q=园区${row}x${n}`));
      } catch (error) {
        // The service is gone.
        if (!(error instanceof TypeError)) throw error;
      }
    });
    while (acknowledged.length < 40) await sleep(5);
    await end('SIGKILL');
    await Promise.all(saving);

    // As after a change of the word lists: another fingerprint.
    const store = openStore(folder);
    store.prepare("UPDATE indexes SET fingerprint = 'made with other words'").run();
    store.close();
    const again = savedSearchClient(await start());
    for (const { id, name, query, token } of acknowledged) {
      const response = await again.send('GET', `/api/saved-searches/${id}`);
      expect(await response.json()).toMatchObject({ id, name, query });
      const path = `/api/saved-searches/${id}`;
      const renamed = await again.send('PATCH', path, { body: { name: `${name}。` }, token });
      expect(renamed.status).toBe(200);
    }
    const rebuilt = (await again.jsonFeed(first.id)).items;
    const stable = (item: (typeof entries)[number]) => [item.id, item.date_modified];
    expect(rebuilt.map(stable)).toEqual(entries.map(stable));
    expect((await again.news(first.id)).count).toBe(0);
  });
});
