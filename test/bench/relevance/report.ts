import type { ResultsEntry } from './results-file.ts';
import type { TaskResult } from './run-task.ts';

const MEASURES = ['mrr', 'recall1', 'recall10', 'ndcg10'] as const;

/** A figure that falls by more than this is told. */
const TOLERANCE = 0.005;

/** Returns the results as the lines of a table, tasks in order, the best MRR of each marked. */
export function formatTable(results: readonly TaskResult[]): string[] {
  const lines = [
    'task  system       queries  MRR@10         R@1    R@10   nDCG@10  ms median    p95',
  ];
  for (const [task, rows] of groupByTask(results)) {
    const best = Math.max(...rows.map(({ mrr }) => mrr));
    for (const row of rows)
      lines.push(
        [
          task.padEnd(5),
          row.system.padEnd(12),
          String(row.queries).padStart(7),
          `${figure(row.mrr)}±${figure(row.standardError)}${row.mrr === best ? '*' : ' '}`.padStart(
            12,
          ),
          figure(row.recall1).padStart(6),
          figure(row.recall10).padStart(6),
          figure(row.ndcg10).padStart(8),
          row.median.toFixed(1).padStart(10),
          row.p95.toFixed(1).padStart(6),
        ].join(' '),
      );
  }
  return lines;
}

/** Returns a line for each task on how `ours` stands against the best of the others. */
export function compareWithOthers(results: readonly TaskResult[], ours: string): string[] {
  const lines: string[] = [];
  for (const [task, rows] of groupByTask(results)) {
    const own = rows.find(({ system }) => system === ours);
    const [best] = rows.filter(({ system }) => system !== ours).sort((a, b) => b.mrr - a.mrr);
    if (own === undefined || best === undefined) continue;
    const lead = own.mrr - best.mrr;
    const verdict = lead >= 0 ? 'ahead of or level with' : 'BEHIND';
    lines.push(`${task}: ${signed(lead)} ${verdict} ${best.system} (${figure(best.mrr)})`);
  }
  return lines;
}

/**
 * Returns a line for every figure that fell by more than .005 since the last run on the same conditions
 * that has it; `former` oldest first.
 */
export function findFalls(entry: ResultsEntry, former: readonly ResultsEntry[]): string[] {
  const alike = former.filter((other) => isAlike(other, entry)).reverse();
  return entry.results.flatMap((now) => {
    for (const { date, results } of alike) {
      const before = results.find(({ task, system }) => task === now.task && system === now.system);
      if (before === undefined) continue;
      return MEASURES.filter((measure) => before[measure] - now[measure] > TOLERANCE).map(
        (measure) =>
          `FALL  ${now.task} ${now.system} ${measure}: ${figure(before[measure])} on ${date} → ${figure(now[measure])}`,
      );
    }
    return [];
  });
}

/** Other sizes or samples make figures that cannot be compared. */
function isAlike(one: ResultsEntry, other: ResultsEntry): boolean {
  return JSON.stringify(one.conditions) === JSON.stringify(other.conditions);
}

function groupByTask(results: readonly TaskResult[]): Map<string, TaskResult[]> {
  const groups = new Map<string, TaskResult[]>();
  for (const result of results) {
    const group = groups.get(result.task);
    if (group === undefined) groups.set(result.task, [result]);
    else group.push(result);
  }
  return groups;
}

/** `0.9761 → .976`, `1 → 1.000` */
function figure(value: number): string {
  return value.toFixed(3).replace(/^0/, '');
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${figure(Math.abs(value))}`;
}
