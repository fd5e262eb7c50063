import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineClients } from '../../../indexer/engine/engine-keys.ts';
import { openEngineClients } from '../../../indexer/engine/engine-keys.ts';
import { waitForTask } from '../../../indexer/engine/wait-for-task.ts';
import { ingestFiles } from '../../../indexer/ingest/ingest-files.ts';
import { auditIndex } from '../../../indexer/push/index-audit.ts';
import { createIndexEngine, ONLY_NODE } from '../../../indexer/engine/index-engine.ts';
import { createIndexManager, type IndexManager } from '../../../indexer/push/index-manager.ts';
import { activeIndex } from '../../../indexer/push/index-registry.ts';
import { openStore, type Store } from '../../../indexer/store/database.ts';
import { createIngestPipeline } from '../../../indexer/ingest/ingest-pipeline.ts';
import { startTestEngine, type TestEngine } from '../../engine-for-tests.ts';

/** So few that every sample has nearly all of them. */
const ARTICLES = 8;

describe('an audit of the index', () => {
  let test: TestEngine;
  let store: Store;
  let clients: EngineClients;
  let manager: IndexManager;
  const pipeline = createIngestPipeline();

  beforeAll(async () => {
    test = await startTestEngine();
    store = openStore(test.dataDir);
    clients = await openEngineClients(test.engine);
    manager = createIndexManager({
      store,
      dataDir: test.dataDir,
      nodes: nodes(),
      buildDocument: pipeline.buildDocument,
      openChangePool: pipeline.openChangePool,
      fingerprint: pipeline.fingerprint,
      prefix: `${test.indexPrefix}audit`,
      say: () => undefined,
    });
    await takeIn('开工');
    await manager.bringUpToDate();
  });
  afterAll(async () => {
    store.close();
    await test.stop();
  });

  async function takeIn(what: string): Promise<void> {
    const file = join(test.dataDir, 'records.jsonl');
    const records = Array.from({ length: ARTICLES }, (_, at) => ({
      id: `r${at}`,
      title: `示例高新区第${at}个项目${what}`,
      text: `本条记录的编号是${at}，内容虚构。`,
      source: '示例晚报',
    }));
    writeFileSync(file, records.map((record) => JSON.stringify(record)).join('\n'));
    await ingestFiles([file], { store, preparePage: pipeline.preparePage });
  }

  const nodes = () => [createIndexEngine({ name: ONLY_NODE, ...clients })];
  const audit = () =>
    auditIndex(activeIndex(store)!, {
      nodes: nodes(),
      store,
      buildDocument: pipeline.buildDocument,
    });
  const docs = () =>
    store
      .prepare<[], { doc: number }>('SELECT doc FROM articles')
      .all()
      .map(({ doc }) => doc);
  async function alter(fields: Readonly<Record<string, unknown>>): Promise<void> {
    const index = clients.admin.index(activeIndex(store)!.uid);
    const changes = docs().map((doc) => ({ doc, ...fields }));
    await waitForTask(clients.admin, await index.updateDocuments(changes));
  }

  it('finds nothing wrong with an index as it was made', async () => {
    for (let time = 0; time < 10; time++) expect((await audit()).fault).toBeNull();
    expect((await audit()).checked).toBeGreaterThan(0);
  });

  it.each([
    ['facets', { source: '别的报' }],
    ['words', { title: 'ul4' }],
  ])('notices %s that are not those of the articles', async (_what, fields) => {
    await alter(fields);
    expect((await audit()).fault).toMatch(/^抽查 \d+ 篇，有 \d+ 篇与文章库不符$/u);
    await manager.rebuild();
    expect((await audit()).fault).toBeNull();
  });

  it('notices what searches find and the store has not', async () => {
    const index = clients.admin.index(activeIndex(store)!.uid);
    const { results } = await index.getDocuments({ limit: 1 });
    const stray = Array.from({ length: 50 }, (_, at) => ({ ...results[0], doc: 10_000 + at }));
    const title = String(results[0]!['title']);
    await waitForTask(clients.admin, await index.addDocuments(stray));
    await alter({ body: title });
    expect((await audit()).fault).not.toBeNull();
    await manager.rebuild();
  });

  it('takes no article for damaged that has changed since the index followed', async () => {
    await takeIn('投产');
    for (let time = 0; time < 10; time++) expect((await audit()).fault).toBeNull();
    await manager.bringUpToDate();
    expect((await audit()).fault).toBeNull();
  });
});
