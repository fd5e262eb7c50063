import { setTimeout as sleep } from 'node:timers/promises';
import type { EnqueuedTask, Meilisearch, Task } from 'meilisearch';
import { MeilisearchApiError } from 'meilisearch';
import { withCombinedSignal } from '../core/combined-signal.ts';
import { EngineError, EngineTaskError } from './engine-error.ts';

export interface WaitOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that the engine may leave its queue alone while this task waits. */
  readonly stallLimit?: number;
}

const FIRST_INTERVAL = 20;
const LONGEST_INTERVAL = 500;
/** What a lost connection costs at most. */
const ANSWER_LIMIT = 10_000;

/** The engine leaves its queue alone after some errors, as with a damaged index, and says nothing. */
const STALL_LIMIT = 30_000;
const QUEUE_POLL = 5_000;
/** After other errors it begins the same task for ever: seen when its queue was damaged. */
const MOST_STARTS = 20;

/**
 * Waits until the engine has finished the task and returns it, as long as the engine works; asks often at
 * first, then twice a second.
 * The client's own `.waitTask()` gives up after 5 s and returns failed tasks as if all were well.
 * @throws EngineTaskError when the task failed or was cancelled.
 * @throws EngineError `stalled` when the engine has not worked on any task for `stallLimit` although this
 * one waits, or begins one again and again.
 */
export async function waitForTask(
  client: Meilisearch,
  { taskUid }: Pick<EnqueuedTask, 'taskUid'>,
  { signal, stallLimit = STALL_LIMIT }: WaitOptions = {},
): Promise<Task> {
  const queuePoll = Math.min(QUEUE_POLL, stallLimit / 2);
  const countStarts = createStartCounter();
  let idleSince = Date.now();
  let askQueueAt = Date.now() + queuePoll;
  for (let pause = FIRST_INTERVAL; ; pause = Math.min(pause * 1.3, LONGEST_INTERVAL)) {
    signal?.throwIfAborted();
    const task = await askTask(client, taskUid, signal);
    if (task.status === 'succeeded') return task;
    if (task.status === 'failed' || task.status === 'canceled') throw toTaskError(task);
    const now = Date.now();
    let atWork = task.status === 'processing' ? task : undefined;
    if (atWork === undefined && now >= askQueueAt) {
      askQueueAt = now + queuePoll;
      [atWork] = (await client.tasks.getTasks({ statuses: ['processing'], limit: 1 })).results;
      if (atWork === undefined && now - idleSince >= stallLimit)
        throw toStalled(task, ` ${stallLimit / 1000} 秒没有处理任何任务`);
    }
    if (atWork !== undefined) {
      idleSince = now;
      if (countStarts(atWork) > MOST_STARTS)
        throw toStalled(task, `一再从头开始任务 ${atWork.uid}`);
    }
    await sleep(pause, undefined, { signal });
  }
}

/**
 * The engine answers 408 to a connection on which it has not read a whole request for five seconds, as
 * when this thread was busy building documents; it has then done nothing, so it is asked again.
 */
async function askTask(
  client: Meilisearch,
  taskUid: number,
  signal: AbortSignal | undefined,
): Promise<Task> {
  // The client's own `timeout` does nothing for a request that has a signal (0.62).
  const ask = () =>
    withCombinedSignal(
      [signal],
      (joint) => client.tasks.getTask(taskUid, { signal: joint }),
      ANSWER_LIMIT,
    );
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof MeilisearchApiError) || error.response.status !== 408) throw error;
    return await ask();
  }
}

/** How often the task that is being worked on has been seen to begin. */
function createStartCounter(): (task: Pick<Task, 'uid' | 'startedAt'>) => number {
  let uid: number | null = null;
  const starts = new Set<string | null>();
  return (task) => {
    if (task.uid !== uid) starts.clear();
    uid = task.uid;
    return starts.add(task.startedAt).size;
  };
}

function toStalled(task: Task, what: string): EngineError {
  return new EngineError(
    'stalled',
    `检索引擎有任务在排队（任务 ${task.uid}，${task.type}），却${what}，索引数据可能已损坏。`,
  );
}

function toTaskError({ status, uid, type, indexUid, error }: Task): EngineTaskError {
  if (status === 'canceled')
    return new EngineTaskError('canceled', `检索引擎的任务 ${uid}（${type}）被取消。`);
  const code = error?.code ?? 'unknown';
  return new EngineTaskError(
    code,
    `检索引擎拒绝了任务 ${uid}（${type}，索引 ${indexUid ?? '无'}）：${error?.message ?? '原因不明'} [${code}]`,
  );
}
