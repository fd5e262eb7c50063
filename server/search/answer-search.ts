import { duplicatesOf } from '../../indexer/store/articles.ts';
import { createPause } from '../../indexer/core/yield-to-event-loop.ts';
import { shownArticles, textInPieces } from '../../indexer/store/shown-article.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import type { Rewrite, SearchHit, SearchRequest, SearchResponse } from '../api/search-schema.ts';
import { createHighlighter } from '../highlight/highlight.ts';
import type { MatchForms } from '../highlight/match-spans.ts';
import { serializeRequest } from '../html/search-links.ts';
import type { AppliedRewrite } from '../rewrites/rewrite.ts';
import { noteQuery, timed } from '../http/request-trace.ts';
import { createAnswerCache } from './answer-cache.ts';
import { facetValues } from './facets.ts';
import { histogram } from './histogram.ts';
import { describeHints } from './hints.ts';
import { knownSpellings } from './known-spellings.ts';
import { createSearchResolver } from './resolve-search.ts';
import type { UnderstandingDependencies } from './understand-query.ts';

/** Finished answers that are kept, up to 90 KB each where articles name 700 parks. */
const MAX_KEPT = 100;
/** A longer text is looked through in pieces of about this length until something in one matches. */
const LONGEST_PIECE = 50_000;
/** Pieces that are looked through for one answer; then the beginning of a text has to do. */
const MOST_PIECES = 400;

export type Search = (request: SearchRequest, signal?: AbortSignal) => Promise<SearchResponse>;

/**
 * Request → parsed query → rewritten query → engine requests → articles → marked hits. What was asked a
 * moment ago is answered at once, as long as no article and no index has changed.
 */
export function createSearch(deps: UnderstandingDependencies): Search {
  const resolve = createSearchResolver(deps);
  const known = knownSpellings(deps);
  const { markText, excerpt, matches } = createHighlighter(deps.analyzer);
  const answerOnce = createAnswerCache<SearchResponse>(deps.store, 'answers', {
    most: MAX_KEPT,
    isWorthKeeping: isWhole,
  });

  return function search(request, signal) {
    // 去年 is another year from one day to the next.
    return answerOnce(
      [request, deps.today(), known.generation()],
      (shared) => answer(request, shared),
      signal,
    );
  };

  async function answer(request: SearchRequest, signal: AbortSignal): Promise<SearchResponse> {
    const started = performance.now();
    const { asTyped, understood, found, offered, datesAsText } = await resolve(request, signal);
    const { rewritten, applied, forms } = understood;
    noteQuery(request.q, rewritten);
    const hits = await hitsOf(found.docs, forms);
    return {
      query: {
        input: request.q,
        rewritten,
        rewrites: applied.map((rewrite) => describeRewrite(rewrite, request)),
        hints: describeHints(request, {
          notices: asTyped.notices,
          ambiguous: asTyped.ambiguous,
          correction: offered,
          datesAsText,
          relaxed: found.relaxed,
          missing: found.missing,
          unverified: found.unverified,
        }),
      },
      missing: found.missing,
      total: found.total,
      totalIsExact: found.totalIsExact,
      page: request.page,
      size: request.size,
      tookMs: Math.round((performance.now() - started) * 10) / 10,
      hits,
      facets: timed('facets', () => facetValues(found.facets, request, deps.gazetteer)),
      histogram: timed('facets', () => histogram(request, found.facets)),
    };
  }

  /** One after the other, for a text may be long. */
  async function hitsOf(docs: readonly number[], forms: MatchForms): Promise<SearchHit[]> {
    const pause = createPause();
    const hits: SearchHit[] = [];
    const articles = shownArticles(deps.store, docs);
    let pieces = MOST_PIECES;
    for (;;) {
      const next = timed('read', () => articles.next());
      if (next.done === true) return hits;
      const article = next.value;
      let { text } = article;
      if (text.length > LONGEST_PIECE) {
        text = text.slice(0, LONGEST_PIECE);
        for (const piece of textInPieces(deps.store, article.doc)) {
          await pause();
          if (pieces-- <= 0) break;
          if (!timed('highlight', () => matches(piece, forms))) continue;
          text = piece;
          break;
        }
      }
      hits.push(timed('highlight', () => toHit(article, text, forms)));
      await pause();
    }
  }

  function toHit(article: StoredArticle, text: string, forms: MatchForms): SearchHit {
    const { captions, subtitle, kicker } = article.details;
    const texts = [text, ...captions, subtitle ?? '', kicker ?? ''];
    return {
      id: article.id,
      title: article.title,
      titleHtml: markText(article.title, forms),
      snippetHtml: excerpt(texts, forms),
      date: article.date,
      datePrecision: article.datePrecision,
      source: article.source,
      kind: article.kind,
      parks: article.parks.map(({ id, name }) => ({ id, name })),
      duplicates: duplicatesOf(deps.store, article),
      duplicateOf: article.duplicateOf,
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

/** What lacks a part must not be given when the part is back. */
function isWhole({ query }: SearchResponse): boolean {
  return query.hints.every(({ type }) => type !== 'incomplete');
}
