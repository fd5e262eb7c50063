import { everyUnit } from '../search/histogram.ts';

/** Articles of each time at which there are any: `2022` → 3 or `2022-03` → 1. */
export type PeriodCounts = Readonly<Record<string, number>>;

export type Step = 'year' | 'month';

/** Up to that many years are better seen by month. */
const FEW_YEARS = 3;

/** By month while there are few years, else by year. */
export function fittingStep(years: readonly PeriodCounts[]): Step {
  const all = years.flatMap((counts) => Object.keys(counts)).map(Number);
  return all.length > 0 && Math.max(...all) - Math.min(...all) < FEW_YEARS ? 'month' : 'year';
}

/** Every year or month between the first and the last, also those without an article. */
export function everyPeriod(counted: readonly PeriodCounts[]): string[] {
  const known = counted.flatMap((counts) => Object.keys(counts)).sort();
  return known.length === 0 ? [] : everyUnit(known[0]!, known.at(-1)!);
}
