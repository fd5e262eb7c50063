import type { Latency } from './latency.ts';
import { latenciesBy } from './latency.ts';
import type { Metrics } from './metrics.ts';

/** What `/metrics` counts, as a person asks for it; all since the start of the process. */
export interface MetricsSummary {
  /** Of the pages and of the interface together. */
  readonly searches: { readonly times: number; readonly meanMs: number };
  readonly slow: number;
  readonly errors: number;
  /** Of 100 lists of hits, how many were at hand; null before the first. */
  readonly atHand: number | null;
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
  const cache = (await metrics.cache.get()).values;
  const lists = sum(cache.map(({ value }) => value));
  const hits = sum(cache.flatMap(({ labels, value }) => (labels.result === 'hit' ? [value] : [])));
  const total = async (counter: Metrics['refused'] | Metrics['slow']) =>
    sum((await counter.get()).values.map(({ value }) => value));
  return {
    searches: { times, meanMs: spent / Math.max(1, times) },
    slow: await total(metrics.slow),
    errors: await total(metrics.refused),
    atHand: lists === 0 ? null : Math.round((hits / lists) * 100),
    stages: await latenciesBy(metrics.stages, 'stage'),
    engineQueue: metrics.engineQueue(),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
