import type { SearchRequest } from '../api/search-schema.ts';
import { readDateWord } from '../rewrites/date-words.ts';
import type { Correction } from './correct-spelling.ts';
import { createCorrection } from './correct-spelling.ts';
import type { Found } from './search.ts';
import { createFinder } from './search.ts';
import type { UnderstandingDependencies, UnderstoodQuery } from './understand-query.ts';
import { createQueryUnderstanding } from './understand-query.ts';

/** With fewer hits than this, another spelling is looked for. */
const FEW = 3;

export interface ResolvedSearch {
  readonly asTyped: UnderstoodQuery;
  /** What was searched for in the end. */
  readonly understood: UnderstoodQuery;
  readonly found: Found;
  /** A likelier spelling that was not searched for. */
  readonly offered: Correction | null;
  /** Words that were dates at first, but no article has such a date, so they were looked for as text. */
  readonly datesAsText: readonly string[];
}

/** Finds what a request means: as typed, or when that finds nothing, as it is likelier meant. */
export function createSearchResolver(deps: UnderstandingDependencies) {
  const find = createFinder(deps);
  const understand = createQueryUnderstanding(deps);
  const correct = createCorrection(deps);

  return async function resolve(
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<ResolvedSearch> {
    const asTyped = understand(request);
    const found = await find(asTyped.clauses, request, signal);
    const plain = { asTyped, understood: asTyped, found, offered: null, datesAsText: [] };
    // 去年 in a list of words is a limit even when nothing fits; alone or in a sentence it may be just a word.
    const mayBeText = (date: string) =>
      found.isLong ||
      request.q.trim() === date ||
      readDateWord(date, deps.today())?.relative !== true;
    const dates = asTyped.applied.flatMap(({ type, from }) =>
      type === 'date' && mayBeText(from) ? [from] : [],
    );
    // What was not looked into may well hold what seems not to be there.
    if (found.unverified.length > 0) return plain;
    if (dates.length > 0 && (found.total === 0 || found.relaxed)) {
      const understood = understand({ ...request, literal: [...request.literal, ...dates] });
      const asText = await find(understood.clauses, request, signal);
      if (asText.total > 0 && (!asText.relaxed || found.isLong))
        return { ...plain, understood, found: asText, datesAsText: dates };
    }
    // That no article has every word of a long question says nothing about its spelling.
    const foundNothing = found.total === 0 || (found.relaxed && !found.isLong);
    if (!foundNothing && found.total >= FEW) return plain;
    const correction = await correct(asTyped, request.literal);
    // Nothing at all: the likelier spelling is searched for at once, and can be undone like any rewrite.
    if (correction === null || !foundNothing) return { ...plain, offered: correction };
    const { understood } = correction;
    return { ...plain, understood, found: await find(understood.clauses, request, signal) };
  };
}
