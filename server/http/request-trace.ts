import { AsyncLocalStorage } from 'node:async_hooks';

/** What an answer's time is spent on, in the order of the work. */
export const STAGES = [
  'parse',
  'rewrite',
  'engine',
  'verify',
  'rank',
  'read',
  'facets',
  'highlight',
  'render',
] as const;
export type Stage = (typeof STAGES)[number];

/** What is kept for a while: finished answers, ranked lists of hits, the articles that hold a phrase. */
export type CacheName = 'answers' | 'ranked' | 'phrases';

interface StageClock {
  spent: number;
  /** Parts of the stage that run at the same time count once. */
  running: number;
  since: number;
}

/** What is noted of one request while it is answered. */
export interface RequestTrace {
  readonly started: number;
  readonly stages: Map<Stage, StageClock>;
  /** Of the caches, each time one was asked. */
  readonly cacheUses: { readonly cache: CacheName; readonly isHit: boolean }[];
  /** What was asked; the further searches that an answer takes are not noted. */
  query: { readonly input: string; readonly rewritten: string } | null;
}

/** So that a stage deep inside is timed without every function between handing the trace on. */
const current = new AsyncLocalStorage<RequestTrace>();

/** Begins a trace; what `work` starts, now or later, is noted in it. */
export function traceRequest(work: (trace: RequestTrace) => void): void {
  const trace: RequestTrace = {
    started: performance.now(),
    stages: new Map(),
    cacheUses: [],
    query: null,
  };
  current.run(trace, work, trace);
}

/** Does the work and counts its time, until its promise settles, as that stage of the request. */
export function timed<T>(stage: Stage, work: () => T): T {
  const trace = current.getStore();
  if (trace === undefined) return work();
  const clock = trace.stages.get(stage) ?? { spent: 0, running: 0, since: 0 };
  trace.stages.set(stage, clock);
  if (clock.running === 0) clock.since = performance.now();
  clock.running += 1;
  const stop = () => {
    clock.running -= 1;
    if (clock.running === 0) clock.spent += performance.now() - clock.since;
  };
  let isPending = false;
  try {
    const result = work();
    if (!(result instanceof Promise)) return result;
    isPending = true;
    return result.finally(stop) as T;
  } finally {
    if (!isPending) stop();
  }
}

/** Notes whether what was looked for was at hand already. */
export function noteCacheUse(cache: CacheName, isHit: boolean): void {
  current.getStore()?.cacheUses.push({ cache, isHit });
}

/** Notes what is searched for, when it is the first search of the request. */
export function noteQuery(input: string, rewritten: string): void {
  const trace = current.getStore();
  if (trace !== undefined) trace.query ??= { input, rewritten };
}

/** Milliseconds of each stage that the request has gone through so far, in the order of {@link STAGES}. */
export function stageTimes({ stages }: RequestTrace): [Stage, number][] {
  const now = performance.now();
  return STAGES.flatMap((stage): [Stage, number][] => {
    const clock = stages.get(stage);
    if (clock === undefined) return [];
    return [[stage, clock.spent + (clock.running > 0 ? now - clock.since : 0)]];
  });
}
