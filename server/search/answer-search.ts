import { duplicatesOf } from '../../indexer/store/articles.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import type { Rewrite, SearchHit, SearchRequest, SearchResponse } from '../api/search-schema.ts';
import { highlightPassage, highlightText } from '../highlight/highlight.ts';
import { serializeRequest } from '../pages/search-links.ts';
import type { AppliedRewrite } from '../rewrites/rewrite.ts';
import { facetValues } from './facets.ts';
import { createFinder } from './search.ts';
import { createCorrection } from './correct-spelling.ts';
import { describeHints } from './hints.ts';
import type { UnderstandingDependencies } from './understand-query.ts';
import { createQueryUnderstanding } from './understand-query.ts';

/** With fewer hits than this, another spelling is looked for. */
const FEW = 3;

/** One page of the list that a request gets: as it was understood, relaxed or corrected where nothing fits. */
export function createListFinder(deps: UnderstandingDependencies) {
  const find = createFinder(deps);
  const understand = createQueryUnderstanding(deps);
  const correct = createCorrection(deps);

  return async function findList(request: SearchRequest, signal?: AbortSignal) {
    const asTyped = understand(request);
    const first = await find(asTyped.clauses, request, signal);
    const correction =
      first.relaxed || first.total < FEW ? correct(asTyped, request.literal) : null;
    // Nothing at all: the likelier spelling is searched for at once, and can be undone like any rewrite.
    const isCorrected = correction !== null && (first.total === 0 || first.relaxed);
    const understood = isCorrected ? correction.understood : asTyped;
    const found = isCorrected ? await find(understood.clauses, request, signal) : first;
    return { asTyped, understood, found, correction, isCorrected };
  };
}

/** Request → parsed query → rewritten query → engine requests → articles → marked hits. */
export function createSearch(deps: UnderstandingDependencies) {
  const findList = createListFinder(deps);

  return async function search(
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<SearchResponse> {
    const started = performance.now();
    const { asTyped, understood, found, correction, isCorrected } = await findList(request, signal);
    const { rewritten, applied, forms } = understood;
    return {
      query: {
        input: request.q,
        rewritten,
        rewrites: applied.map((rewrite) => describeRewrite(rewrite, request)),
        hints: describeHints(request, {
          notices: asTyped.notices,
          ambiguous: asTyped.ambiguous,
          correction: isCorrected ? null : correction,
          relaxed: found.relaxed,
        }),
      },
      total: found.total,
      totalIsExact: found.totalIsExact,
      page: request.page,
      size: request.size,
      tookMs: Math.round((performance.now() - started) * 10) / 10,
      hits: found.articles.map((article) => toHit(article, forms)),
      facets: facetValues(found.facets, request, deps.gazetteer),
    };
  };

  function toHit(article: StoredArticle, forms: readonly string[]): SearchHit {
    return {
      id: article.id,
      title: article.title,
      titleHtml: highlightText(article.title, forms),
      snippetHtml: highlightPassage(article.text, forms),
      date: article.date,
      datePrecision: article.datePrecision,
      source: article.source,
      kind: article.kind,
      parks: article.parks.map(({ id, name }) => ({ id, name })),
      duplicates: duplicatesOf(deps.store, article),
      url: articleUrl(article.id),
    };
  }
}

function describeRewrite({ type, from, to }: AppliedRewrite, request: SearchRequest): Rewrite {
  const undone = { ...request, page: 1, literal: [...request.literal, from] };
  return { type, from, to, undo: serializeRequest(undone) };
}

/** The page of an article, below the site's root. */
export function articleUrl(id: string): string {
  return `/articles/${encodeURIComponent(id)}`;
}
