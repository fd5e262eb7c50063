import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MeilisearchApiError, type Meilisearch } from 'meilisearch';
import { masterClient } from '../../../indexer/engine/engine.ts';
import { EngineTaskError } from '../../../indexer/engine/engine-error.ts';
import { suspectsCorruption } from '../../../indexer/engine/engine-error.ts';
import { waitForTask } from '../../../indexer/engine/wait-for-task.ts';
import type { TestEngine } from '../../engine-for-tests.ts';
import { startTestEngine } from '../../engine-for-tests.ts';

describe('waitForTask', () => {
  let test: TestEngine;
  let client: Meilisearch;
  let uid = '';
  beforeAll(async () => {
    test = await startTestEngine();
    client = masterClient(test.engine);
    uid = `${test.indexPrefix}notes`;
  });
  afterAll(() => test.stop());

  /** A client for which each task of ours is in this state for ever. */
  function frozen(status: 'enqueued' | 'processing', processing: number): Meilisearch {
    const tasks = {
      getTask: (id: number) => Promise.resolve({ uid: id, status, type: 'indexCreation' }),
      getTasks: () =>
        Promise.resolve({
          results: Array.from({ length: processing }, (_, at) => ({ uid: at, startedAt: '2026' })),
        }),
    };
    return { tasks } as unknown as Meilisearch;
  }

  it('returns the finished task', async () => {
    const task = await waitForTask(client, await client.createIndex(uid, { primaryKey: 'id' }));
    expect(task).toMatchObject({ status: 'succeeded', indexUid: uid });
  });

  it("throws a failed task with the engine's code", async () => {
    const enqueued = await client.index(uid).addDocuments([{ id: 'not a valid id' }]);
    const error: unknown = await waitForTask(client, enqueued).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EngineTaskError);
    expect(error).toMatchObject({ kind: 'task', code: 'invalid_document_id' });
    expect(String(error)).toContain(`检索引擎拒绝了任务 ${enqueued.taskUid}`);
    expect(suspectsCorruption(error)).toBe(false);
  });

  it('asks again when the engine read nothing of the question', async () => {
    const answers = [
      () => Promise.reject(new MeilisearchApiError(new Response('', { status: 408 }))),
      () => Promise.resolve({ uid: 7, status: 'succeeded', type: 'indexCreation' }),
    ];
    const tasks = { getTask: () => answers.shift()!() };
    await expect(
      waitForTask({ tasks } as unknown as Meilisearch, { taskUid: 7 }),
    ).resolves.toMatchObject({ status: 'succeeded' });
  });

  it('stops waiting on abort', async () => {
    const signal = AbortSignal.timeout(50);
    await expect(waitForTask(frozen('enqueued', 1), { taskUid: 7 }, { signal })).rejects.toThrow(
      /abort/,
    );
  });

  it('notices a queue that the engine leaves alone', async () => {
    const error: unknown = await waitForTask(
      frozen('enqueued', 0),
      { taskUid: 7 },
      { stallLimit: 200 },
    ).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'stalled' });
    expect(suspectsCorruption(error)).toBe(true);
  });

  it('notices a task that is begun again and again', async () => {
    let starts = 0;
    const again = { uid: 7, status: 'processing', type: 'documentAdditionOrUpdate' };
    const tasks = { getTask: () => Promise.resolve({ ...again, startedAt: String(starts++) }) };
    const client = { tasks } as unknown as Meilisearch;
    const error: unknown = await waitForTask(client, { taskUid: 7 }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ kind: 'stalled' });
    expect(String(error)).toContain('一再从头开始任务 7');
  }, 30_000);

  it('is patient while the engine works on other tasks', async () => {
    const busy = frozen('enqueued', 1);
    const signal = AbortSignal.timeout(600);
    await expect(waitForTask(busy, { taskUid: 7 }, { stallLimit: 100, signal })).rejects.toThrow(
      /abort/,
    );
  });
});
