import type { Growth } from './growth/measure-growth.ts';
import type { GrownFiles } from './grown-files.ts';
import type { Taken } from './ingest/measure-ingest.ts';
import type { SearchFigures, SearchResult } from './search/measure-search.ts';

/** Programs that used less are of no interest. */
const LEAST_PEAK_MB = 60;

/** Rates and sizes, and those of the first row as a multiple of the third's, the raw push. */
export function ingestTable(
  ingest: Readonly<Record<string, Taken>>,
  { articles, megabytes }: GrownFiles,
): string {
  const rows = Object.entries(ingest).map(([name, { seconds, indexMb, usage }]) => [
    name,
    seconds.toFixed(1),
    (articles / seconds).toFixed(0),
    (megabytes / seconds).toFixed(2),
    Object.values(usage)
      .reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0)
      .toFixed(1),
    indexMb.toFixed(0),
    (indexMb / megabytes).toFixed(2),
    Object.entries(usage)
      .filter(([, { peakMb }]) => peakMb >= LEAST_PEAK_MB)
      .map(([program, { peakMb }]) => `${program} ${peakMb}`)
      .join(', '),
  ]);
  const [ours, , raw] = Object.values(ingest);
  return [
    `\n${articles} articles, ${megabytes.toFixed(1)} MB`,
    table(['ingest', 's', 'articles/s', 'MB/s', 'CPU s', 'index MB', 'MB/MB', 'peak MB'], rows),
    `ours / raw: time ${(ours!.seconds / raw!.seconds).toFixed(2)}, index ${(ours!.indexMb / raw!.indexMb).toFixed(2)}`,
  ].join('\n');
}

/** Latency and throughput of every system with each number of clients. */
export function searchTable(figures: readonly SearchFigures[]): string {
  return `\n${table(
    ['search over HTTP', 'clients', 'p50 ms', '± ', 'p95', 'p99', 'answers/s', 'errors'],
    figures.map(({ system, clients, load }) => [
      system,
      String(clients),
      load.p50.toFixed(1),
      load.spread.toFixed(1),
      load.p95.toFixed(1),
      load.p99.toFixed(1),
      load.aSecond.toFixed(0),
      String(load.errors),
    ]),
  )}`;
}

export function stagesLine({ stages, serverMb }: SearchResult): string {
  const each = Object.entries(stages).map(([stage, time]) => `${stage} ${time.toFixed(1)}`);
  return `stages of a page, median ms: ${each.join(', ')}; server ${serverMb} MB`;
}

/** The costs by size, and the exponent of each between the smallest and the largest. */
export function growthTable(growth: readonly Growth[]): string {
  const costs = Object.keys(growth[0]!).filter((name) => name !== 'articles') as (keyof Growth)[];
  const first = growth[0]!;
  const last = growth.at(-1)!;
  return `\n${table(
    ['growth', ...growth.map(({ articles }) => String(articles)), 'exponent'],
    costs.map((cost) => [
      cost,
      ...growth.map((one) => one[cost].toFixed(1)),
      growth.length < 2
        ? ''
        : (Math.log(last[cost] / first[cost]) / Math.log(last.articles / first.articles)).toFixed(
            2,
          ),
    ]),
  )}`;
}

/** Columns of text, the first flush left. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!),
        )
        .join('  '),
    )
    .join('\n');
}
