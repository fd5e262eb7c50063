import { dayRange } from '../../indexer/core/day-range.ts';
import type { FacetName, SearchRequest } from '../api/search-schema.ts';
import { FACETS } from '../api/search-schema.ts';

/** A value as it may stand in a filter; the engine reads `\` and `"` inside quotes as themselves when escaped. */
export function quoteFilterValue(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

/** `field IN [values]`, or null when there is nothing to filter by. */
function anyOf(field: string, values: readonly string[]): string | null {
  return values.length === 0 ? null : `${field} IN [${values.map(quoteFilterValue).join(', ')}]`;
}

/**
 * Articles whose date may lie between two dates, both inclusive and as precise as written. An
 * article known only to the month counts when any day of that month lies between: better one
 * too many than one missing.
 */
export function dateFilter(from: string, to: string): string[] {
  const first = from === '' ? null : dayRange(from);
  const last = to === '' ? null : dayRange(to);
  return [
    ...(first === null ? [] : [`lastDay >= ${first.first}`]),
    ...(last === null ? [] : [`firstDay <= ${last.last}`]),
  ];
}

/** The filters of a request; `except` leaves one facet's own filter out, for its disjunctive counts. */
export function requestFilters(request: SearchRequest, except?: FacetName): string[] {
  return [
    ...FACETS.flatMap((facet) => (facet === except ? [] : (anyOf(facet, request[facet]) ?? []))),
    ...dateFilter(request.from ?? '', request.to ?? ''),
  ];
}
