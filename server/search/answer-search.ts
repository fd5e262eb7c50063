import { isStopWord } from '../../indexer/analyzer/words.ts';
import { duplicatesOf } from '../../indexer/store/articles.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import type { Rewrite, SearchHit, SearchRequest, SearchResponse } from '../api/search-schema.ts';
import { highlightPassage, highlightText } from '../highlight/highlight.ts';
import { serializeRequest } from '../pages/search-links.ts';
import { parseQuery } from '../query/parse-query.ts';
import { serializeQuery } from '../query/serialize-query.ts';
import type { AppliedRewrite, Rewriter } from '../rewrites/rewrite.ts';
import { createNameProtector } from '../rewrites/bracketed-names.ts';
import { rewriteQuery } from '../rewrites/rewrites.ts';
import { toClauses } from './clause.ts';
import { facetValues } from './facets.ts';
import { queryForms } from './query-forms.ts';
import type { SearchDependencies } from './search.ts';
import { createFinder } from './search.ts';

export interface AnswerDependencies extends SearchDependencies {
  readonly rewriters: readonly Rewriter[];
  readonly today: () => string;
}

/** Request → parsed query → rewritten query → engine requests → articles → marked hits. */
export function createSearch(deps: AnswerDependencies) {
  const find = createFinder(deps);
  const understand = createQueryUnderstanding(deps);

  return async function search(
    request: SearchRequest,
    signal?: AbortSignal,
  ): Promise<SearchResponse> {
    const started = performance.now();
    const { clauses, rewritten, applied, forms } = understand(request);
    const found = await find(clauses, request, signal);
    return {
      query: {
        input: request.q,
        rewritten,
        rewrites: applied.map((rewrite) => describeRewrite(rewrite, request)),
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

/** What a request's query means: its clauses, the rewrites made, and the spellings to mark. */
export function createQueryUnderstanding({
  analyzer,
  gazetteer,
  rewriters,
  today,
}: AnswerDependencies) {
  const protectParkNames = createNameProtector(gazetteer);
  return function understand(request: Pick<SearchRequest, 'q' | 'literal'>) {
    const parsed = parseQuery(protectParkNames(request.q));
    const { tree, applied } =
      parsed.tree === null
        ? { tree: null, applied: [] as readonly AppliedRewrite[] }
        : rewriteQuery(parsed.tree, rewriters, {
            literal: new Set(request.literal),
            today: today(),
          });
    const clauses = toClauses(tree);
    const forms = queryForms(clauses, analyzer, gazetteer, isStopWord);
    return { clauses, rewritten: serializeQuery(tree), applied, forms, notices: parsed.notices };
  };
}

function describeRewrite({ type, from, to }: AppliedRewrite, request: SearchRequest): Rewrite {
  const undone = { ...request, page: 1, literal: [...request.literal, from] };
  return { type, from, to, undo: serializeRequest(undone) };
}

/** The page of an article, below the site's root. */
export function articleUrl(id: string): string {
  return `/articles/${encodeURIComponent(id)}`;
}
