import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Meilisearch } from 'meilisearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { masterClient } from '../../../indexer/engine/engine.ts';
import type { EngineClients } from '../../../indexer/engine/engine-keys.ts';
import { openEngineClients } from '../../../indexer/engine/engine-keys.ts';
import { waitForTask } from '../../../indexer/engine/wait-for-task.ts';
import { ingestFiles } from '../../../indexer/ingest/ingest-files.ts';
import { createIndexManager } from '../../../indexer/push/index-manager.ts';
import { createIndexEngine, ONLY_NODE } from '../../../indexer/engine/index-engine.ts';
import { activeIndex, searchableIndex } from '../../../indexer/push/index-registry.ts';
import { retryWhileRecovering } from '../../../indexer/push/retry-while-recovering.ts';
import { openStore, type Store } from '../../../indexer/store/database.ts';
import { createIngestPipeline } from '../../../indexer/ingest/ingest-pipeline.ts';
import { isOpenToAll, startTestEngine, type TestEngine } from '../../engine-for-tests.ts';
import { startEngineProxy } from '../../faults/engine-proxy.ts';

const ARTICLES = 40;
const IS_UNPROTECTED = await isOpenToAll();

describe('an index manager', () => {
  let test: TestEngine;
  let store: Store;
  let clients: EngineClients;
  const pipeline = createIngestPipeline();
  const [documents = '', settings = ''] = pipeline.fingerprint.split('.');

  beforeAll(async () => {
    test = await startTestEngine();
    store = openStore(test.dataDir);
    clients = await openEngineClients(test.engine);
    await takeIn(ARTICLES);
  });
  afterAll(async () => {
    store.close();
    await test.stop();
  });

  async function takeIn(count: number): Promise<void> {
    const file = join(test.dataDir, 'records.jsonl');
    const record = (at: number) => ({
      id: `r${at}`,
      title: `示例高新区第${at}号简讯`,
      text: `本条记录的编号是${at}，内容虚构。`,
    });
    writeFileSync(
      file,
      Array.from({ length: count }, (_, at) => JSON.stringify(record(at))).join('\n'),
    );
    await ingestFiles([file], { store, preparePage: pipeline.preparePage });
  }

  const manager = (
    options: { fingerprint?: string; client?: Meilisearch; retiredFor?: number } = {},
  ) => {
    const said: string[] = [];
    return {
      said,
      ...createIndexManager({
        store,
        dataDir: test.dataDir,
        nodes: [
          createIndexEngine({
            name: ONLY_NODE,
            admin: clients.admin,
            documents: options.client ?? clients.documents,
          }),
        ],
        buildDocument: pipeline.buildDocument,
        openChangePool: pipeline.openChangePool,
        fingerprint: pipeline.fingerprint,
        prefix: `${test.indexPrefix}manager`,
        say: (message) => void said.push(message),
        ...options,
      }),
    };
  };
  const ours = async () => {
    const { results } = await masterClient(test.engine).getIndexes({ limit: 1000 });
    return results.map(({ uid }) => uid).filter((uid) => uid.startsWith(test.indexPrefix));
  };
  const count = async (uid: string) =>
    (await clients.admin.index(uid).getStats()).numberOfDocuments;

  it('leaves the former index to searches under way, and removes it later', async () => {
    await manager().bringUpToDate();
    const former = activeIndex(store)!.uid;
    await manager().rebuild();
    const { uid } = activeIndex(store)!;
    expect(uid).not.toBe(former);
    expect(await count(former)).toBe(ARTICLES);
    expect(await manager({ retiredFor: 0 }).followChanges()).toBe(true);
    expect(await ours()).toEqual([uid]);
  });

  it('applies changed settings in place and builds no document anew', async () => {
    const { uid } = activeIndex(store)!;
    const fingerprint = `${documents}.other`;
    const changed = manager({ fingerprint });
    await changed.bringUpToDate();
    expect(activeIndex(store)).toMatchObject({ uid, fingerprint });
    expect(changed.said).toEqual([expect.stringContaining('就地')]);
    await manager().bringUpToDate();
    expect(activeIndex(store)).toMatchObject({ uid, fingerprint: pipeline.fingerprint });
  });

  it('builds a new index for other words, while the old one answers', async () => {
    const { uid } = activeIndex(store)!;
    const renewed = manager({ fingerprint: `${documents}-other.${settings}` });
    expect(await renewed.isOutdated()).toBe(true);
    // Without being told to start with its own, it does not undo what another program made.
    expect(await renewed.followChanges(undefined, true)).toBe(false);
    await renewed.bringUpToDate();
    expect(activeIndex(store)!.uid).not.toBe(uid);
    expect(await renewed.isOutdated()).toBe(false);
    expect(await manager().isOutdated()).toBe(true);
    await manager().bringUpToDate();
  });

  it('is not asked when it was made by other rules, until there is a new one', async () => {
    const index = activeIndex(store)!;
    expect(searchableIndex(store)).toEqual(index);
    const setFingerprint = store.prepare('UPDATE indexes SET fingerprint = ? WHERE uid = ?');
    setFingerprint.run(`0/0-${documents}.${settings}`, index.uid);
    expect(searchableIndex(store)).toBeNull();
    expect(await manager().isOutdated()).toBe(false);
    await manager().bringUpToDate();
    expect(searchableIndex(store)).toMatchObject({ fingerprint: pipeline.fingerprint });
    expect(searchableIndex(store)!.uid).not.toBe(index.uid);
  });

  it.skipIf(IS_UNPROTECTED)(
    'never lets a lost index come back with a few of its documents',
    async () => {
      const { uid } = activeIndex(store)!;
      await waitForTask(clients.admin, await clients.admin.deleteIndex(uid));
      const late = await clients.documents.index(uid).addDocuments([{ doc: 1 }]);
      await expect(waitForTask(clients.documents, late)).rejects.toThrow('index_not_found');
      expect(await ours()).not.toContain(uid);
      await manager().followChanges(undefined, true);
      expect(await count(activeIndex(store)!.uid)).toBe(ARTICLES);
    },
  );

  it('waits for an engine that is cut off in the middle, and goes on where it was', async () => {
    await takeIn(ARTICLES + 5);
    const proxy = await startEngineProxy(test.engine.url);
    proxy.setMode({ type: 'cut' });
    const { masterKey } = test.engine;
    const client = new Meilisearch({
      host: proxy.url,
      ...(masterKey === undefined ? {} : { apiKey: masterKey }),
    });
    const said: string[] = [];
    const say = (message: string) => {
      said.push(message);
      proxy.setMode({ type: 'pass' });
    };
    await retryWhileRecovering(() => manager({ client }).bringUpToDate(), {
      engine: test.engine,
      say,
    });
    await proxy.close();
    expect(said).toEqual([expect.stringContaining('接着写')]);
    expect(await count(activeIndex(store)!.uid)).toBe(ARTICLES + 5);
  });
});
