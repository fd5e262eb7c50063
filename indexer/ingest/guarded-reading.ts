import type { Worker } from 'node:worker_threads';
import { rejected, type Finding } from '../core/finding.ts';
import type { Page, SourceFile } from '../readers/page.ts';
import type { ReadingAnswer, ReadingRequest } from './reading-thread.ts';
import { startThread } from '../core/worker-pool.ts';

/** The thread's own heap is limited as well; this is for what lies outside of it, as unpacked streams of a PDF. */
const MOST_GROWTH = 1 << 30;
const HEAP_MB = 512;
const LOOK_EVERY_MS = 50;
const LONGEST_STANDSTILL_MS = 30_000;

export interface ReadingLimits {
  /** Milliseconds without a page, a record or further bytes of the file. */
  readonly standstill?: number;
  /** Bytes by which the process may grow from one answer to the next. */
  readonly growth?: number;
  /** Of the thread's heap, in MB. */
  readonly heap?: number;
}

export type GuardedReading = ReturnType<typeof startGuardedReading>;

type Items = Extract<ReadingAnswer, { type: 'items' }>;

/** Reads files one after another in a thread that can be ended, and is then replaced. */
export function startGuardedReading(limits: ReadingLimits = {}) {
  const { standstill = LONGEST_STANDSTILL_MS, growth = MOST_GROWTH, heap = HEAP_MB } = limits;
  let thread: Worker | null = null;
  const loaded = new WeakSet<Worker>();

  function start(): Worker {
    const worker = startThread(new URL('./reading-thread.ts', import.meta.url), null, heap);
    worker.once('message', () => loaded.add(worker));
    // Whoever waits for an answer hears why there is none; while nobody does, an error ends the thread only.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (thread === worker) thread = null;
    });
    return worker;
  }

  /** What the thread answers, or why it had to be ended. */
  function ask(request: ReadingRequest): Promise<Items | Refusal> {
    const worker = (thread ??= start());
    const before = process.memoryUsage.rss();
    return new Promise((resolve) => {
      let lastSeen = performance.now();
      let refusal: Refusal | null = null;
      let fault = '线程意外结束';
      const guard = setInterval(() => {
        if (process.memoryUsage.rss() - before > growth) end(tooLarge(growth));
        // What came while this thread was busy is heard before it is judged.
        else if (performance.now() - lastSeen > standstill)
          setImmediate(() => {
            if (performance.now() - lastSeen > standstill) end(tooLong(standstill));
          });
      }, LOOK_EVERY_MS);
      const end = (why: Refusal) => {
        refusal ??= why;
        void worker.terminate();
      };
      const onMessage = (answer: ReadingAnswer) => {
        lastSeen = performance.now();
        if (answer.type === 'items') settle(answer);
      };
      const onError = (error: NodeJS.ErrnoException) => {
        fault = error.message;
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') refusal ??= tooLarge(heap << 20);
      };
      const onExit = () => {
        if (refusal !== null || loaded.has(worker)) settle(refusal ?? failed(fault));
        // No file is at fault, and no other would be read.
        else settle(Promise.reject(new Error(`读取文件的线程无法启动：${fault}`)));
      };
      const settle = (outcome: Items | Refusal | Promise<never>) => {
        clearInterval(guard);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        resolve(outcome);
      };
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.postMessage(request);
    });
  }

  return {
    /**
     * Yields what `readSource` yields. A file that takes too long or too much memory, or brings the
     * program to fall, ends with a rejection; the next one is read all the same.
     */
    async *read({ read: _, stream: __, ...opened }: SourceFile): AsyncGenerator<Page | Finding> {
      const { path } = opened;
      let place = '';
      let answer = await ask(opened);
      for (;;) {
        if ('reason' in answer) break;
        const { items, isDone, failure } = answer;
        // The thread reads on while these are dealt with.
        const next = isDone ? null : ask('more');
        for (const item of items) {
          place = item.place;
          yield item;
        }
        if (next === null && failure === null) return;
        answer = next === null ? failed(failure!) : await next;
      }
      const after = place === '' ? '' : `${place}之后`;
      yield { ...rejected(path, after, answer.reason, answer.remedy), isRestUnread: true };
    },
    close: async () => {
      await thread?.terminate();
    },
  };
}

type Refusal = Pick<Finding, 'reason' | 'remedy'>;

function tooLong(standstill: number): Refusal {
  return {
    reason: `读了 ${standstill / 1000} 秒没有进展，已停止读这个文件`,
    remedy: '内容可能异常复杂：拆成几个较小的文件，或另存为纯文本（UTF-8）后再收录',
  };
}

function tooLarge(bytes: number): Refusal {
  return {
    reason: `读取时占用内存超过 ${bytes >> 20} MB，已停止读这个文件`,
    remedy:
      '可能是恶意文件；确实需要，请拆成几个较小的文件再收录，加密的 PDF 先用原软件去掉加密另存一份',
  };
}

function failed(message: string): Refusal {
  return {
    reason: `程序读不了这个文件：${message}`,
    remedy: '内容可能嵌套太深或已损坏：另存为纯文本（UTF-8）后再收录；仍出错时把它报给维护者',
  };
}
