import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseHTML } from 'linkedom';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { parseEnvironment } from '../../config/environment.ts';
import { openEngine } from '../../indexer/engine/engine.ts';
import { openEngineClients } from '../../indexer/engine/engine-keys.ts';
import { waitForTask } from '../../indexer/engine/wait-for-task.ts';
import { activeIndex } from '../../indexer/push/index-registry.ts';
import { openStore } from '../../indexer/store/database.ts';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import { startTestService, temporaryFolder } from '../service-for-tests.ts';

const DATA_DIR = temporaryFolder();
afterAll(() => rmSync(DATA_DIR, { recursive: true }));

/** Puts other documents in the place of all, under the same numbers: nothing answers with an error. */
async function falsifyIndex(): Promise<void> {
  const store = openStore(DATA_DIR);
  const environment = parseEnvironment({ ...process.env, DATA_DIR });
  const engine = await openEngine({ ...environment, log: pino({ level: 'silent' }) });
  const { admin } = await openEngineClients(engine);
  const index = admin.index(activeIndex(store)!.uid);
  const docs = store.prepare<[], { doc: number }>('SELECT doc FROM articles').all();
  await waitForTask(admin, await index.updateDocuments(docs.map(({ doc }) => ({ doc, park: [] }))));
  await engine.stop();
  store.close();
}

describe('an index that answers wrongly', () => {
  it('is noticed and built anew without being asked, and all are told', async () => {
    const first = await startTestService({ DATA_DIR });
    const countedIn = async (address: string) => {
      const response = await fetch(`${address}/api/search`);
      return searchResponseSchema.parse(await response.json()).facets.park;
    };
    const parks = await countedIn(first.address);
    expect(parks.length).toBeGreaterThan(0);
    await falsifyIndex();
    await first.stop();
    let log = '';
    const logTo = { write: (line: string) => void (log += line) };
    const second = await startTestService({ DATA_DIR, LOG_LEVEL: 'info' }, logTo);
    while ((await countedIn(second.address)).length < parks.length) await sleep(50);
    expect(await countedIn(second.address)).toEqual(parks);
    expect(log).toMatch(/索引不可信（抽查 \d+ 篇，有 \d+ 篇与文章库不符），从文章库重建/u);
    const admin = parseHTML(await (await fetch(`${second.address}/admin`)).text()).document;
    expect(admin.querySelector('dl.facts')!.textContent).toMatch(/有 \d+ 篇与文章库不符/u);
    const metrics = await (await fetch(`${second.address}/metrics`)).text();
    expect(metrics).toMatch(/^park_news_index_audits_total\{result="faulty"\} 1$/mu);
    await second.stop();
  });
});
