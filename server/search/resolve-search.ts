import type { SearchRequest } from '../api/search-schema.ts';
import { findMatches, type MatchForms } from '../highlight/match-spans.ts';
import { readDateWord } from '../rewrites/date-words.ts';
import { createCorrection, type Correction } from './correct-spelling.ts';
import type { SearchDependencies } from './engine-search.ts';
import { createFinder, type Found } from './search.ts';
import type { Understanding } from './understanding.ts';

/** With fewer hits than this, another spelling is looked for. */
const FEW = 3;

export interface ResolvedSearch {
  readonly asTyped: Understanding;
  /** What was searched for in the end. */
  readonly understood: Understanding;
  readonly found: Found;
  /** A likelier spelling that was not searched for. */
  readonly offered: Correction | null;
  /** Words that were dates at first, but no article has such a date, so they were looked for as text. */
  readonly datesAsText: readonly string[];
}

/** Finds what a request means: as typed, or when that finds nothing, as it is likelier meant. */
export function createSearchResolver(deps: SearchDependencies) {
  const { queries, today } = deps;
  const find = createFinder(deps);
  const correct = createCorrection(deps);

  return async function resolve(
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<ResolvedSearch> {
    const asTyped = queries.understand(request);
    const found = await find(asTyped, request, signal);
    const plain = { asTyped, understood: asTyped, found, offered: null, datesAsText: [] };
    // What was not looked into may well hold what seems not to be there.
    if (found.unverified.length > 0) return plain;
    // 去年 in a list of words is a limit even when nothing fits; alone or in a sentence it may be just a word.
    const dates = datesIn(asTyped).filter(
      (date) =>
        found.isLong || request.q.trim() === date || readDateWord(date, today())?.relative !== true,
    );
    if (dates.length > 0 && (found.total === 0 || found.relaxed)) {
      const understood = queries.understand(withLiteral(request, dates));
      const asText = await find(understood, request, signal);
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
    return { ...plain, understood, found: await find(understood, request, signal) };
  };
}

/**
 * What to mark in an article that a search led to, without searching again: the query as typed, its dates
 * too where they stand as words; where not all of it is there, the likelier spelling that was searched for.
 */
export function createMatchForms(deps: SearchDependencies) {
  const { queries, analyzer } = deps;
  const correct = createCorrection(deps);

  return async function formsFor(
    request: SearchRequest,
    article: { readonly title: string; readonly text: string },
  ): Promise<MatchForms> {
    const dates = datesIn(queries.understand(request));
    const asTyped = queries.understand(withLiteral(request, dates));
    const { forms } = asTyped;
    const matches = findMatches(`${article.title}\n${article.text}`, forms, analyzer);
    const found = new Set(matches.map(({ form }) => form));
    if ([...forms.phrases, ...forms.words].every((form) => found.has(form))) return forms;
    return (await correct(asTyped, request.literal))?.understood.forms ?? forms;
  };
}

/** The words that were read as dates. */
function datesIn({ applied }: Understanding): string[] {
  return applied.flatMap(({ type, from }) => (type === 'date' ? [from] : []));
}

function withLiteral(request: SearchRequest, words: readonly string[]): SearchRequest {
  return { ...request, literal: [...request.literal, ...words] };
}
