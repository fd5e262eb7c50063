import { dayRange } from '../core/day-range.ts';

/** A date as far as it is known; a day needs its month. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
}

/** `YYYY[-MM[-DD]]`, or null for a day that no calendar has and for years outside 1900–2100. */
export function isoDate({ year, month, day }: CalendarDate): string | null {
  if (year < 1900 || year > 2100) return null;
  const iso = [String(year), month, day]
    .filter((part) => part !== null)
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  return dayRange(iso) === null ? null : iso;
}

/** `day`, `month` or `year`: how much of it is known. */
export function precisionOf({ month, day }: CalendarDate): 'day' | 'month' | 'year' {
  if (day !== null) return 'day';
  return month !== null ? 'month' : 'year';
}

/** Earlier first; an unknown month or day counts as the first. */
export function compareDates(a: CalendarDate, b: CalendarDate): number {
  return a.year - b.year || (a.month ?? 0) - (b.month ?? 0) || (a.day ?? 0) - (b.day ?? 0);
}

/** The date some days or, when only the month is known, months later (negative: earlier). */
export function shiftDate(date: CalendarDate, by: number): CalendarDate {
  if (date.month === null) return { ...date, year: date.year + by };
  if (date.day === null) return fromUtc(Date.UTC(date.year, date.month - 1 + by, 1), false);
  return fromUtc(Date.UTC(date.year, date.month - 1, date.day + by), true);
}

function fromUtc(time: number, withDay: boolean): CalendarDate {
  const date = new Date(time);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: withDay ? date.getUTCDate() : null,
  };
}

/** `2022年3月7日`, for evidence sentences. */
export function spokenDate({ year, month, day }: CalendarDate): string {
  return `${year}年${month === null ? '' : `${month}月`}${day === null ? '' : `${day}日`}`;
}
