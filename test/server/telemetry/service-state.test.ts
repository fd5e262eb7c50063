import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { underBuildLock } from '../../../indexer/push/index-registry.ts';
import {
  activateIndex,
  growingIndex,
  recordApplied,
  registerIndex,
} from '../../../indexer/push/index-registry.ts';
import { openStore, type Store } from '../../../indexer/store/database.ts';
import { ingestFiles } from '../../../indexer/ingest/ingest-files.ts';
import { latestSeq } from '../../../indexer/store/changes.ts';
import { createIngestPipeline } from '../../../indexer/ingest/ingest-pipeline.ts';
import {
  createServiceState,
  rebuilding,
  stateNotice,
} from '../../../server/telemetry/service-state.ts';
import { temporaryFolder } from '../../service-for-tests.ts';

const folder = temporaryFolder();
let store: Store;
beforeAll(async () => {
  store = openStore(folder);
  const { preparePage } = createIngestPipeline();
  await ingestFiles(['config/sample-corpus/posts'], { store, preparePage });
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

describe('what readers are told of the index', () => {
  it('is nothing as long as all is as it should be', () => {
    expect(rebuilding(store, createServiceState())).toBeNull();
    expect(stateNotice(store, createServiceState())).toBeNull();
  });

  it('is how far the first index is, and then that it is being replaced', () => {
    const state = { ...createServiceState(), renewal: '还没有索引' };
    expect(stateNotice(store, state)).toBe('索引正在建立，建好后即可检索。');
    const { fingerprint } = createIngestPipeline();
    const first = registerIndex(store, 'articles', fingerprint);
    recordApplied(store, first.uid, Math.floor(latestSeq(store) / 2));
    expect(stateNotice(store, state)).toMatch(/^索引正在建立（已完成 (4\d|50)%），/u);
    recordApplied(store, first.uid, latestSeq(store));
    activateIndex(store, first.uid);
    registerIndex(store, 'articles', fingerprint);
    const renewed = { ...state, renewal: '词表、名录或分词已变' };
    expect(stateNotice(store, renewed)).toMatch(/^索引正在重建（已完成 0%），期间照常检索/u);
    expect(rebuilding(store, renewed)).toEqual({ reason: '词表、名录或分词已变', progress: 0 });
  });

  it('is that another process rebuilds, as long as it lives', async () => {
    const state = createServiceState();
    // Half made by a process that has died.
    expect(growingIndex(store)).not.toBeNull();
    expect(rebuilding(store, state)).toBeNull();
    await underBuildLock(folder, () => {
      expect(rebuilding(store, state)).toEqual({ reason: '另一个进程在重建索引', progress: 0 });
      expect(stateNotice(store, state)).toMatch(/^索引正在重建（已完成 0%）/u);
      return Promise.resolve();
    });
    expect(stateNotice(store, state)).toBeNull();
  });
});
