/** A stretch of time as the query language writes it: `YYYY[-MM[-DD]]`, inclusive; an empty end is open. */
export interface DateSpan {
  readonly from: string;
  readonly to: string;
}

/** `YYYY-MM` for a month counted from January of a year; 13 is January of the next year. */
export function monthOf(year: number, month: number): string {
  const at = year * 12 + month - 1;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${two((at % 12) + 1)}`;
}

/** The day so many days later, both `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The same day of a later month, or its last day: `2026-05-31` less three months is `2026-02-28`. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const target = monthOf(year, month + months);
  const [targetYear, targetMonth] = target.split('-').map(Number) as [number, number];
  const last = new Date(Date.UTC(targetYear, targetMonth, 0)).getUTCDate();
  return `${target}-${two(Math.min(date, last))}`;
}

/** The Monday of the week in which a day lies. */
export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

/** What comes just before a date, as precise as the date: `2022 → 2021`, `2022-01 → 2021-12`. */
export function before(date: string): string {
  const [year, month] = date.split('-').map(Number) as [number, number];
  if (date.length === 4) return String(year - 1);
  return date.length === 7 ? monthOf(year, month - 1) : addDays(date, -1);
}

/** `07` for 7. */
export function two(number: number): string {
  return String(number).padStart(2, '0');
}
