import type { SearchRequest } from '../api/search-schema.ts';
import type { MatchForms } from '../highlight/match-spans.ts';
import { findMatches } from '../highlight/match-spans.ts';
import { createCorrection } from './correct-spelling.ts';
import type { UnderstandingDependencies } from './understand-query.ts';
import { createQueryUnderstanding } from './understand-query.ts';

/**
 * What to mark in an article that a search led to, without searching again: the query as typed, its dates
 * too where they stand as words; where not all of it is there, the likelier spelling that was searched for.
 */
export function createMatchForms(deps: UnderstandingDependencies) {
  const understand = createQueryUnderstanding(deps);
  const correct = createCorrection(deps);

  return async function formsFor(
    request: SearchRequest,
    article: { readonly title: string; readonly text: string },
  ): Promise<MatchForms> {
    const dates = understand(request).applied.flatMap(({ type, from }) =>
      type === 'date' ? [from] : [],
    );
    const asTyped = understand({ ...request, literal: [...request.literal, ...dates] });
    const { forms } = asTyped;
    const whole = `${article.title}\n${article.text}`;
    const standing = new Set(findMatches(whole, forms, deps.analyzer).map(({ form }) => form));
    const isWhole = [...forms.phrases, ...forms.words].every((form) => standing.has(form));
    if (isWhole) return forms;
    return (await correct(asTyped, request.literal))?.understood.forms ?? forms;
  };
}
