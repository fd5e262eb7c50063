import { createYielder } from '../../indexer/core/yield-to-event-loop.ts';
import { duplicatesOf } from '../../indexer/store/articles.ts';
import { shownArticles, textInPieces } from '../../indexer/store/shown-article.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import type { SearchHit, SearchRequest, SearchResponse } from '../api/search-schema.ts';
import { createHighlighter } from '../highlight/highlight.ts';
import type { MatchForms } from '../highlight/match-spans.ts';
import { serializeRequest } from '../html/search-links.ts';
import { noteQuery, timed } from '../http/request-trace.ts';
import { createAnswerCache } from './answer-cache.ts';
import { knownSpellings } from './correct-spelling.ts';
import type { SearchDependencies } from './engine-search.ts';
import { facetValues } from './facets.ts';
import { histogram } from './histogram.ts';
import { describeHints } from './hints.ts';
import { createSearchResolver } from './resolve-search.ts';

/** Finished answers, up to 90 KB each where articles name 700 parks. */
const CACHE_SIZE = 100;
/** A longer text is looked through in pieces of about this length until something in one matches. */
const LONGEST_PIECE = 50_000;
/** Pieces that are looked through for one answer; then the beginning of a text has to do. */
const MOST_PIECES = 400;

export type Search = (request: SearchRequest, signal?: AbortSignal) => Promise<SearchResponse>;

/**
 * Request → parsed query → rewritten query → engine requests → articles → marked hits. What was asked a
 * moment ago is answered at once, as long as no article and no index has changed.
 */
export function createSearch(deps: SearchDependencies): Search {
  const { store, gazetteer, today } = deps;
  const resolve = createSearchResolver(deps);
  const known = knownSpellings(store)(gazetteer);
  const { markText, excerpt, matches } = createHighlighter(deps.analyzer);
  const answerOnce = createAnswerCache<SearchResponse>(store, {
    name: 'answers',
    cacheSize: CACHE_SIZE,
    // What lacks a part must not be given when the part is back.
    isWorthKeeping: ({ query }) => query.hints.every(({ type }) => type !== 'incomplete'),
  });

  return function search(request, signal) {
    // 去年 is another year from one day to the next.
    const question = [request, today(), known.generation()];
    return answerOnce(question, (shared) => answer(request, shared), signal);
  };

  async function answer(request: SearchRequest, signal: AbortSignal): Promise<SearchResponse> {
    const started = performance.now();
    const resolved = await resolve(request, signal);
    const { found } = resolved;
    const { rewritten, applied, forms } = resolved.understood;
    noteQuery(request.q, rewritten);
    const hits = await hitsOf(found.docs, forms);
    return {
      query: {
        input: request.q,
        rewritten,
        rewrites: applied.map(({ type, from, to }) => {
          const undone = { ...request, page: 1, literal: [...request.literal, from] };
          return { type, from, to, undo: serializeRequest(undone) };
        }),
        hints: describeHints(request, resolved),
      },
      missing: found.missing,
      total: found.total,
      totalIsExact: found.totalIsExact,
      page: request.page,
      size: request.size,
      tookMs: Math.round((performance.now() - started) * 10) / 10,
      hits,
      facets: timed('facets', () => facetValues(found.facets, request, gazetteer)),
      histogram: timed('facets', () => histogram(request, found.facets)),
    };
  }

  /** One after the other, for a text may be long. */
  async function hitsOf(docs: readonly number[], forms: MatchForms): Promise<SearchHit[]> {
    const yieldToEventLoop = createYielder();
    const hits: SearchHit[] = [];
    const articles = shownArticles(store, docs);
    let pieces = MOST_PIECES;
    for (;;) {
      const next = timed('read', () => articles.next());
      if (next.done === true) return hits;
      const article = next.value;
      let { text } = article;
      if (text.length > LONGEST_PIECE) {
        text = text.slice(0, LONGEST_PIECE);
        for (const piece of textInPieces(store, article.doc)) {
          await yieldToEventLoop();
          if (pieces-- <= 0) break;
          if (!timed('highlight', () => matches(piece, forms))) continue;
          text = piece;
          break;
        }
      }
      hits.push(timed('highlight', () => toHit(article, text, forms)));
      await yieldToEventLoop();
    }
  }

  function toHit(article: StoredArticle, text: string, forms: MatchForms): SearchHit {
    const { id, title, date, datePrecision, source, kind, duplicateOf } = article;
    const { captions, subtitle, kicker } = article.details;
    return {
      id,
      title,
      titleHtml: markText(title, forms),
      snippetHtml: excerpt([text, ...captions, subtitle ?? '', kicker ?? ''], forms),
      date,
      datePrecision,
      source,
      kind,
      parks: article.parks.map(({ id, name }) => ({ id, name })),
      duplicates: duplicatesOf(store, article),
      duplicateOf,
      url: articleUrl(id),
    };
  }
}

/** The page of an article, below the site's root. */
export function articleUrl(id: string): string {
  return `/articles/${encodeURIComponent(id)}`;
}
