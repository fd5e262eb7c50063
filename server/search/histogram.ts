import { dayRange, isoDay } from '../../indexer/core/day-range.ts';
import type { Histogram, SearchRequest } from '../api/search-schema.ts';
import type { FacetCounts } from './engine-search.ts';

/** Days are drawn up to two months, months up to three years; beyond it years. */
const MOST_DAYS = 62;
const MOST_MONTHS = 36;
/** Years without articles between two others are drawn too, unless they would be too many. */
const MOST_YEARS = 60;

/** The finest unit in which the dates of a request make a readable picture. */
export function histogramUnit(request: SearchRequest): Histogram['unit'] {
  const span = scope(request);
  if (span === null) return 'year';
  const days = span.last - span.first + 1;
  if (days <= MOST_DAYS) return 'day';
  return days <= MOST_MONTHS * 31 ? 'month' : 'year';
}

/**
 * How many articles lie in each unit of time, in order, without gaps between the first and the last
 * that have any. `counts` must hold the facet of the unit: `year`, `month`, or `firstDay` for days.
 */
export function histogram(request: SearchRequest, counts: FacetCounts): Histogram {
  const unit = histogramUnit(request);
  const span = scope(request);
  const counted = new Map<string, number>();
  for (const [value, count] of Object.entries(counts[unit === 'day' ? 'firstDay' : unit] ?? {})) {
    const date = unit === 'day' ? isoDay(Number(value)) : value;
    const range = dayRange(date);
    if (range === null || count === 0) continue;
    if (span === null || (range.first <= span.last && range.last >= span.first))
      counted.set(date, count);
  }
  const values = [...counted.keys()].sort();
  const [first, last] = [values[0], values.at(-1)];
  if (first === undefined || last === undefined) return { unit, bars: [] };
  const isSparse = unit === 'year' && Number(last) - Number(first) >= MOST_YEARS;
  const all = isSparse ? values : everyUnit(first, last);
  return { unit, bars: all.map((value) => ({ value, count: counted.get(value) ?? 0 })) };
}

/** The days that the request's date filters leave; null when they leave all or are several apart. */
function scope({ year, month, from, to }: SearchRequest): ReturnType<typeof dayRange> {
  if (month.length > 1 || (month.length === 0 && year.length > 1)) return null;
  const chosen = dayRange(month[0] ?? year[0] ?? '');
  const first = Math.max(chosen?.first ?? -Infinity, dayRange(from ?? '')?.first ?? -Infinity);
  const last = Math.min(chosen?.last ?? Infinity, dayRange(to ?? '')?.last ?? Infinity);
  return Number.isFinite(first) && Number.isFinite(last) && first <= last ? { first, last } : null;
}

/** All years, months or days between two, these included: `2022-11`, `2022-12`, `2023-01`. */
export function everyUnit(first: string, last: string): string[] {
  const all = [first];
  for (let at = first; at < last;) {
    at = isoDay(dayRange(at)!.last + 1).slice(0, at.length);
    all.push(at);
  }
  return all;
}
