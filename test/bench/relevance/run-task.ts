import { percentile, type Quality, qualityOf, rankOf } from './metrics.ts';
import type { OpenSystem } from './systems/system.ts';
import type { Task, TaskQuery } from './tasks.ts';

/** What one system made of one task. */
export interface TaskResult extends Quality {
  readonly task: string;
  readonly system: string;
  readonly queries: number;
  /** Milliseconds a query. */
  readonly median: number;
  readonly p95: number;
}

/** A query whose right article did not come first. */
export interface Miss extends TaskQuery {
  readonly rank: number | null;
}

const WARM_UP = 50;

/** Asks a system the queries of a task one after the other, after a few that do not count. */
export async function runTask(
  system: OpenSystem,
  name: string,
  task: Task,
): Promise<{ readonly result: TaskResult; readonly misses: readonly Miss[] }> {
  for (const { text } of task.queries.slice(0, WARM_UP)) await system.search(text);
  const ranks: (number | null)[] = [];
  const times: number[] = [];
  for (const { text, relevant } of task.queries) {
    const started = performance.now();
    const found = await system.search(text);
    times.push(performance.now() - started);
    ranks.push(rankOf(relevant, found));
  }
  return {
    result: {
      task: task.name,
      system: name,
      queries: task.queries.length,
      ...qualityOf(ranks),
      median: percentile(times, 0.5),
      p95: percentile(times, 0.95),
    },
    misses: task.queries.flatMap((query, index) => {
      const rank = ranks[index] ?? null;
      return rank === 1 ? [] : [{ ...query, rank }];
    }),
  };
}
