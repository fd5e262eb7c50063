import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { growth } from '../../../indexer/push/index-growth.ts';
import { createIndexManager } from '../../../indexer/push/index-manager.ts';
import { createIndexEngine, ONLY_NODE } from '../../../indexer/engine/index-engine.ts';
import { activeIndex } from '../../../indexer/push/index-registry.ts';
import { masterClient } from '../../../indexer/engine/engine.ts';
import { ingestFiles } from '../../../indexer/ingest/ingest-files.ts';
import { countArticles } from '../../../indexer/store/articles.ts';
import { latestSeq } from '../../../indexer/store/changes.ts';
import { openStore, type Store } from '../../../indexer/store/database.ts';
import { openVocabulary } from '../../../indexer/store/vocabulary.ts';
import { createIngestPipeline } from '../../../indexer/ingest/ingest-pipeline.ts';
import { startTestEngine, type TestEngine } from '../../engine-for-tests.ts';

const MANY = 1_234;

/** Invented records, each with a number of its own. */
function writeRecords(file: string, count: number, prefix = 'r'): void {
  const lines = Array.from({ length: count }, (_, at) =>
    JSON.stringify({
      id: `${prefix}${at}`,
      title: `示例高新区第${at}号简讯`,
      text: `本条记录的编号是${at}，内容虚构。`,
      date: '2022-03-01',
    }),
  );
  writeFileSync(file, lines.join('\n'));
}

describe('pushing many articles', () => {
  let test: TestEngine;
  let store: Store;
  const pipeline = createIngestPipeline();

  beforeAll(async () => {
    test = await startTestEngine();
    store = openStore(test.dataDir);
  });
  afterAll(async () => {
    store.close();
    await test.stop();
  });

  const manager = (
    say: string[] = [],
    { onProgress, ...limits }: { takesAtOnce?: number; onProgress?: () => void } = {},
  ) =>
    createIndexManager({
      store,
      dataDir: test.dataDir,
      nodes: [
        createIndexEngine({
          name: ONLY_NODE,
          admin: masterClient(test.engine),
          documents: masterClient(test.engine),
          ...limits,
        }),
      ],
      buildDocument: pipeline.buildDocument,
      openChangePool: pipeline.openChangePool,
      fingerprint: pipeline.fingerprint,
      prefix: `${test.indexPrefix}push`,
      say: (message) => void say.push(message),
      ...(onProgress === undefined ? {} : { onProgress }),
    });

  it('puts each article into the index once, built in threads, and counts its terms once', async () => {
    const file = join(test.dataDir, 'records.jsonl');
    writeRecords(file, MANY);
    await ingestFiles([file], { store, preparePage: pipeline.preparePage });
    await manager().bringUpToDate();
    const { uid } = activeIndex(store)!;
    const stats = await masterClient(test.engine).index(uid).getStats();
    expect(stats.numberOfDocuments).toBe(MANY);
    const vocabulary = openVocabulary(store, uid);
    expect(vocabulary.articles()).toBe(MANY);
    expect(vocabulary.articlesWith('1233')).toBe(1);
    expect(vocabulary.articlesWith('虚构')).toBe(MANY);
  });

  it('follows a removal, after which store and index agree', async () => {
    const file = join(test.dataDir, 'records.jsonl');
    writeRecords(file, MANY - 1);
    await ingestFiles([file], { store, preparePage: pipeline.preparePage });
    await manager().bringUpToDate();
    const said: string[] = [];
    // A second look finds nothing to mend: numbers of store and index agree.
    await manager(said).bringUpToDate();
    expect(said).toEqual([]);
    const { uid } = activeIndex(store)!;
    const stats = await masterClient(test.engine).index(uid).getStats();
    expect(stats.numberOfDocuments).toBe(MANY - 1);
  });

  it('tells how far a new index is, before the engine has anything and to its end', async () => {
    const seen: (number | null)[] = [];
    await manager([], { onProgress: () => void seen.push(growth(store)) }).rebuild();
    const [first] = seen;
    expect(first).toBeGreaterThan(0);
    // All is built, and nothing recorded as followed.
    expect(Math.max(...seen.map(Number))).toBeGreaterThanOrEqual(50);
    expect(seen).toEqual([...seen].sort((a, b) => Number(a) - Number(b)));
    expect(growth(store)).toBeNull();
  });

  it('ends with the signal, and goes on from there the next time', async () => {
    const stop = new AbortController();
    const rebuilding = manager().rebuild(stop.signal);
    setTimeout(() => stop.abort(new Error('stopped')), 300);
    await expect(rebuilding).rejects.toThrow('stopped');
    await manager().rebuild();
    const { uid } = activeIndex(store)!;
    const stats = await masterClient(test.engine).index(uid).getStats();
    expect(stats.numberOfDocuments).toBe(MANY - 1);
  });

  it('goes to an engine that takes little at once in as many goes as that needs', async () => {
    const batches = () =>
      masterClient(test.engine)
        .batches.getBatches({ types: ['documentAdditionOrUpdate'], limit: 1 })
        .then(({ total }) => total);
    const before = await batches();
    await manager([], { takesAtOnce: 50_000 }).rebuild();
    expect((await batches()) - before).toBeGreaterThan(2);
    const { uid } = activeIndex(store)!;
    const stats = await masterClient(test.engine).index(uid).getStats();
    expect(stats.numberOfDocuments).toBe(MANY - 1);
    expect(openVocabulary(store, uid).articles()).toBe(MANY - 1);
  });

  it.each([300, 700])('waits for %d articles that come in meanwhile', async (count) => {
    const { uid } = activeIndex(store)!;
    const total = countArticles(store) + count;
    let isTakingIn = true;
    const updating = manager().bringUpToDate(undefined, () => isTakingIn);
    const file = join(test.dataDir, `later-${count}.jsonl`);
    for (const half of [count / 2, count]) {
      writeRecords(file, half, `later-${count}-`);
      await ingestFiles([file], { store, preparePage: pipeline.preparePage });
      await sleep(200);
    }
    isTakingIn = false;
    await updating;
    const stats = await masterClient(test.engine).index(uid).getStats();
    expect(stats.numberOfDocuments).toBe(total);
    expect(activeIndex(store)?.appliedSeq).toBe(latestSeq(store));
  });
});
