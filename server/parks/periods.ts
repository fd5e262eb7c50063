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
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const periods = [first];
  for (let period = first; period < last;) {
    period = nextPeriod(period);
    periods.push(period);
  }
  return periods;
}

/** `2022` → `2023`, `2022-12` → `2023-01` */
function nextPeriod(period: string): string {
  const [year, month] = period.split('-').map(Number) as [number, number?];
  const pad = (value: number, digits: number) => String(value).padStart(digits, '0');
  if (month === undefined) return pad(year + 1, 4);
  return month === 12 ? `${pad(year + 1, 4)}-01` : `${pad(year, 4)}-${pad(month + 1, 2)}`;
}
