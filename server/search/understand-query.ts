import type { SearchRequest } from '../api/search-schema.ts';
import type { MatchForms } from '../highlight/match-spans.ts';
import { parseQuery } from '../query/parse-query.ts';
import type { QueryNode, QueryNotice } from '../query/query.ts';
import { serializeQuery } from '../query/serialize-query.ts';
import type { AmbiguousName } from '../rewrites/ambiguous-names.ts';
import { createAmbiguityFinder } from '../rewrites/ambiguous-names.ts';
import { createNameProtector } from '../rewrites/bracketed-names.ts';
import type { AppliedRewrite, Rewriter } from '../rewrites/rewrite.ts';
import { rewriteQuery } from '../rewrites/rewrites.ts';
import { timed } from '../http/request-trace.ts';
import type { Clause } from './clause.ts';
import { toClauses } from './clause.ts';
import { queryForms } from './query-forms.ts';
import type { SearchDependencies } from './dependencies.ts';

export interface UnderstandingDependencies extends SearchDependencies {
  readonly rewriters: readonly Rewriter[];
  /** `YYYY-MM-DD` */
  readonly today: () => string;
}

/** What a request's query means. */
export interface UnderstoodQuery {
  /** As typed, before any rewrite. */
  readonly parsed: QueryNode | null;
  readonly clauses: readonly Clause[];
  /** In the query language. */
  readonly rewritten: string;
  readonly applied: readonly AppliedRewrite[];
  /** The spellings to mark. */
  readonly forms: MatchForms;
  readonly notices: readonly QueryNotice[];
  /** Names that may mean a park, but need not. */
  readonly ambiguous: readonly AmbiguousName[];
}

/**
 * Parses and rewrites queries.
 * @throws QuerySyntaxError or QueryTooBroadError for a query that no search can answer.
 */
export function createQueryUnderstanding(deps: UnderstandingDependencies) {
  const { gazetteer } = deps;
  const understandTree = createTreeUnderstanding(deps);
  const protectParkNames = createNameProtector(gazetteer);
  return function understand(request: Pick<SearchRequest, 'q' | 'literal'>): UnderstoodQuery {
    const parsed = timed('parse', () => parseQuery(protectParkNames(request.q)));
    return { ...understandTree(parsed.tree, request.literal), notices: parsed.notices };
  };
}

/** The same for a query that is already a tree. */
export function createTreeUnderstanding(deps: UnderstandingDependencies) {
  const { analyzer, gazetteer, isStopWord, rewriters, today } = deps;
  const findAmbiguous = createAmbiguityFinder(gazetteer);
  return function understandTree(
    parsed: QueryNode | null,
    literal: readonly string[],
  ): UnderstoodQuery {
    const { tree, applied } =
      parsed === null
        ? { tree: null, applied: [] }
        : timed('rewrite', () =>
            rewriteQuery(parsed, rewriters, { literal: new Set(literal), today: today() }),
          );
    const clauses = toClauses(tree);
    return {
      parsed,
      clauses,
      rewritten: serializeQuery(tree),
      applied,
      forms: queryForms(clauses, analyzer, gazetteer, isStopWord),
      notices: [],
      ambiguous: findAmbiguous(tree),
    };
  };
}
