import type { Latency } from './latency.ts';
import { latenciesBy } from './latency.ts';
import type { Metrics } from './metrics.ts';
import type { CacheName } from '../http/request-trace.ts';

/** What `/metrics` counts, as a person asks for it; all since the start of the process. */
export interface MetricsSummary {
  /** Of the pages and of the interface together. */
  readonly searches: { readonly times: number; readonly meanMs: number };
  readonly slow: number;
  readonly errors: number;
  /** Of 100 times that a cache was asked, how often it had the answer; null before the first. */
  readonly atHand: Readonly<Record<CacheName, number | null>>;
  readonly stages: ReadonlyMap<string, Latency>;
  /** Tasks; null when the engine does not say. */
  readonly engineQueue: number | null;
}

const SEARCHES = ['/search', '/api/search'];

/** Sums up what was counted until now. */
export async function summariseMetrics(metrics: Metrics): Promise<MetricsSummary> {
  const areas = await latenciesBy(metrics.requests, 'area');
  const searches = SEARCHES.flatMap((area) => areas.get(area) ?? []);
  const times = sum(searches.map((one) => one.times));
  const spent = sum(searches.map((one) => one.times * one.meanMs));
  const uses = (await metrics.cache.get()).values;
  const atHand = (cache: CacheName) => {
    const own = uses.filter(({ labels }) => labels.cache === cache);
    const hits = own.filter(({ labels }) => labels.result === 'hit');
    const [asked, had] = [own, hits].map((some) => sum(some.map(({ value }) => value)));
    return asked === 0 ? null : Math.round((had! / asked!) * 100);
  };
  const total = async (counter: Metrics['refused'] | Metrics['slow']) =>
    sum((await counter.get()).values.map(({ value }) => value));
  return {
    searches: { times, meanMs: spent / Math.max(1, times) },
    slow: await total(metrics.slow),
    errors: await total(metrics.refused),
    atHand: { answers: atHand('answers'), ranked: atHand('ranked'), phrases: atHand('phrases') },
    stages: await latenciesBy(metrics.stages, 'stage'),
    engineQueue: metrics.engineQueue(),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
