import type { Histogram } from 'prom-client';

/** How long something took, since the start of the process. */
export interface Latency {
  readonly times: number;
  readonly meanMs: number;
  /** 95 of 100 took at most so long; null: longer than the histogram tells. */
  readonly mostlyWithinMs: number | null;
}

/** The latencies that a histogram of seconds has counted, by the value of one of its labels. */
export async function latenciesBy<Label extends string>(
  histogram: Histogram<Label>,
  label: NoInfer<Label>,
): Promise<Map<string, Latency>> {
  const counted = new Map<string, { times: number; seconds: number; upTo: Map<number, number> }>();
  for (const { labels, value, metricName } of (await histogram.get()).values) {
    const { le, ...names } = labels as Readonly<Record<string, string | number | undefined>>;
    const name = String(names[label]);
    const sums = counted.get(name) ?? { times: 0, seconds: 0, upTo: new Map<number, number>() };
    counted.set(name, sums);
    if (metricName?.endsWith('_count') === true) sums.times += value;
    else if (metricName?.endsWith('_sum') === true) sums.seconds += value;
    else {
      const bound = le === '+Inf' ? Infinity : Number(le);
      sums.upTo.set(bound, (sums.upTo.get(bound) ?? 0) + value);
    }
  }
  return new Map(
    [...counted].map(([name, { times, seconds, upTo }]) => {
      const bounds = [...upTo.keys()].sort((a, b) => a - b);
      const within = bounds.find((bound) => upTo.get(bound)! >= times * 0.95) ?? Infinity;
      const mostlyWithinMs = Number.isFinite(within) ? within * 1000 : null;
      return [name, { times, meanMs: (seconds / Math.max(1, times)) * 1000, mostlyWithinMs }];
    }),
  );
}
