import { Meilisearch } from 'meilisearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { masterClient } from '../../../indexer/engine/engine.ts';
import { suspectsCorruption } from '../../../indexer/engine/engine-error.ts';
import type { EngineClients } from '../../../indexer/engine/engine-keys.ts';
import { openEngineClients } from '../../../indexer/engine/engine-keys.ts';
import { waitForTask } from '../../../indexer/engine/wait-for-task.ts';
import type { TestEngine } from '../../engine-for-tests.ts';
import { isOpenToAll, startTestEngine } from '../../engine-for-tests.ts';
import { CAN_START_ENGINE, setUpEngineBench } from './engine-bench.ts';

/** Without a master key it has no keys at all. */
const IS_UNPROTECTED = await isOpenToAll();

describe('openEngineClients', () => {
  const bench = setUpEngineBench();
  let test: TestEngine;
  let clients: EngineClients;
  let uid = '';
  beforeAll(async () => {
    test = await startTestEngine();
    clients = await openEngineClients(test.engine);
    uid = `${test.indexPrefix}notes`;
  });
  afterAll(() => test.stop());

  it('gives the indexer all it needs', async () => {
    const { admin } = clients;
    const index = admin.index(uid);
    await waitForTask(admin, await admin.createIndex(uid, { primaryKey: 'id' }));
    await waitForTask(admin, await index.updateSettings({ filterableAttributes: ['id'] }));
    await waitForTask(admin, await index.addDocuments([{ id: 1 }, { id: 2 }]));
    await waitForTask(admin, await index.deleteDocuments([2]));
    expect((await index.getStats()).numberOfDocuments).toBe(1);
    expect((await index.getDocuments()).results).toEqual([{ id: 1 }]);
    const spare = `${uid}-spare`;
    await waitForTask(admin, await admin.createIndex(spare));
    await waitForTask(admin, await admin.swapIndexes([{ indexes: [uid, spare], rename: false }]));
    await waitForTask(admin, await admin.swapIndexes([{ indexes: [uid, spare], rename: false }]));
    await waitForTask(admin, await admin.deleteIndex(spare));
  });

  it.skipIf(IS_UNPROTECTED)('lets the server search, and nothing else', async () => {
    const { search } = clients;
    expect(
      (await search.multiSearch({ queries: [{ indexUid: uid, q: '' }] })).results,
    ).toHaveLength(1);
    expect((await search.index(uid).search('')).hits).toEqual([{ id: 1 }]);
    const forbidden = [
      () => search.index(uid).addDocuments([{ id: 9 }]),
      () => search.index(uid).getDocuments(),
      () => search.deleteIndex(uid),
      () => search.index(uid).getSettings(),
      () => search.getStats(),
      () => search.getKeys(),
      () => search.createDump(),
      () => search.tasks.getTasks(),
    ];
    for (const call of forbidden) await expect(call()).rejects.toThrow(/API key is invalid/);
  });

  it.skipIf(IS_UNPROTECTED)('lets nobody but the master key make keys', async () => {
    for (const client of [clients.admin, clients.search])
      await expect(client.getKeys()).rejects.toThrow(/API key is invalid/);
  });

  it.skipIf(IS_UNPROTECTED)('makes each key once', async () => {
    const again = await Promise.all([1, 2, 3].map(() => openEngineClients(test.engine)));
    const uids = (await masterClient(test.engine).getKeys({ limit: 100 })).results
      .map((key) => key.uid)
      .filter((id) => id.startsWith('5a1f0f5e'));
    expect(uids).toHaveLength(3);
    for (const { search } of again) expect(search.config.apiKey).toBe(clients.search.config.apiKey);
    expect(clients.search.config.apiKey).not.toBe(clients.admin.config.apiKey);
  });

  // Not in an engine that other tests use just now.
  it.runIf(CAN_START_ENGINE)('notices a key that the engine has and refuses', async () => {
    const engine = await bench.open();
    const own = await openEngineClients(engine);
    const master = masterClient(engine);
    const { uid } = (await master.getKeys({ limit: 100 })).results.find(
      ({ key }) => key === own.search.config.apiKey,
    )!;
    await master.deleteKey(uid);
    await master.createKey({ uid, actions: ['version'], indexes: ['*'], expiresAt: null });
    const error: unknown = await own.renewKeys().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'dead-keys' });
    expect(suspectsCorruption(error)).toBe(true);
    await expect(openEngineClients(engine)).rejects.toMatchObject({ kind: 'dead-keys' });
  });

  it.skipIf(IS_UNPROTECTED)('says that the key at hand is no master key', async () => {
    const engine = { ...test.engine, masterKey: clients.admin.config.apiKey };
    await expect(openEngineClients(engine)).rejects.toMatchObject({
      kind: 'wrong-key',
      message: expect.stringContaining('不是主密钥') as string,
    });
  });

  it('does without keys where the engine has no master key', async () => {
    const open = await openEngineClients({ ...test.engine, masterKey: undefined });
    expect(open.search).toBeInstanceOf(Meilisearch);
    expect(open.search.config.apiKey).toBeUndefined();
  });
});
