import { EMPTY_REQUEST } from '../../../server/html/search-links.ts';
import type {
  FacetValue,
  SearchHit,
  SearchRequest,
  SearchResponse,
} from '../../../server/api/search-schema.ts';
import type { ArticleResponse } from '../../../server/api/article-schema.ts';
import type { ParkSummary } from '../../../server/api/park-schema.ts';
import type { ArticlePageView } from '../../../server/pages/article-page.ts';
import type { ComparePageView } from '../../../server/pages/compare-page.ts';
import type { PageShell } from '../../../server/pages/layout.ts';
import type { ParkPageView } from '../../../server/pages/park-page.ts';
import { markSpans } from '../../../server/html/safe-html.ts';
import type { SourcePageView } from '../../../server/pages/source-page.ts';

export const SHELL: PageShell = {
  notice: '索引正在重建（已完成 42%），期间照常检索，但结果可能不全或不是最新的。',
  styleHref: '/assets/style.css?v=1',
  scriptHref: '/assets/app.js?v=1',
  iconHref: '/assets/icon.svg?v=1',
  language: 'zh-Hans',
  address: '/search?q=1',
};

/** A request whose every free text is `word`. */
export function requestOf(word: string, changes: Partial<SearchRequest> = {}): SearchRequest {
  return { ...EMPTY_REQUEST, q: word, park: [word], source: [word], literal: [word], ...changes };
}

export function hitOf(word: string, changes: Partial<SearchHit> = {}): SearchHit {
  const marked = markSpans(word, [{ start: 0, end: 1 }]);
  return {
    id: word,
    title: word,
    titleHtml: marked,
    snippetHtml: marked,
    date: '2022-03-24',
    datePrecision: 'day',
    source: word,
    kind: 'story',
    parks: [{ id: word, name: word }],
    duplicates: [word],
    duplicateOf: null,
    url: `/articles/${encodeURIComponent(word)}`,
    ...changes,
  };
}

export function facetOf(value: string, count = 3, selected = false): FacetValue {
  return { value, label: value, count, selected };
}

export function responseOf(word: string, changes: Partial<SearchResponse> = {}): SearchResponse {
  const facet = [facetOf(word)];
  return {
    query: {
      input: word,
      rewritten: word,
      rewrites: [
        { type: 'traditional', from: word, to: word, undo: `q=${encodeURIComponent(word)}` },
      ],
      hints: [],
    },
    missing: null,
    total: 45,
    totalIsExact: true,
    page: 1,
    size: 10,
    tookMs: 12.3,
    hits: [hitOf(word)],
    facets: {
      park: facet,
      province: facet,
      type: facet,
      source: facet,
      year: [facetOf('2022')],
      month: [facetOf('2022-03')],
      kind: facet,
    },
    histogram: { unit: 'month', bars: [{ value: '2022-03', count: 3 }] },
    ...changes,
  };
}

export function articleOf(word: string): ArticleResponse {
  return {
    id: word,
    title: word,
    kicker: word,
    subtitle: word,
    bylines: [word],
    authors: [word],
    text: word,
    paragraphs: [word, word],
    crossheads: [0],
    captions: [word],
    date: '2022-03-24',
    datePrecision: 'day',
    dateEvidence: `文件头“${word}”，年份取自“${word}”；只能取到月`,
    source: word,
    section: word,
    kind: 'story',
    parks: [{ id: word, name: word, listed: true, mentions: 2 }],
    keywords: [word],
    confidence: 0.9,
    duplicateOf: null,
    duplicates: [word],
    sourceUrl: `https://${word}`,
    origin: { file: word, place: word },
    url: '/articles/1',
  };
}

export function articleViewOf(word: string): ArticlePageView {
  const marked = markSpans(word, [{ start: 0, end: 1 }]);
  return {
    article: articleOf(word),
    story: {
      kicker: marked,
      title: marked,
      subtitle: marked,
      bylines: [marked],
      paragraphs: [marked, marked],
      captions: [marked],
      shownOnly: null,
    },
    page: { layout: 'newspaper' },
    copies: [
      {
        ...hitOf(word),
        section: `${word}版`,
        changes: [
          { type: 'same', sentences: [word, word, word] },
          { type: 'removed', sentences: [word] },
          { type: 'added', sentences: [word] },
          {
            type: 'changed',
            pieces: [
              { type: 'same', text: word },
              { type: 'removed', text: word },
              { type: 'added', text: word },
            ],
          },
        ],
      },
    ],
    related: [{ ...hitOf(word), parks: [word], words: [word] }],
    request: requestOf(word),
    address: 'http://127.0.0.1/articles/1',
    today: '2025-01-02',
  };
}

export function sourcePageViewOf(word: string): SourcePageView {
  return {
    article: {
      id: word,
      title: word,
      url: '/articles/1',
      parts: [{ role: 'title', start: 0, end: word.length }],
    },
    page: {
      layout: 'newspaper',
      text: `${word}\n${word}\n${word}`,
      setAside: [{ start: word.length + 1, end: 2 * word.length + 1 }],
      stories: [
        { id: word, title: word },
        { id: `${word}2`, title: word },
      ],
      storiesInAll: 2,
    },
    from: 0,
    origin: word,
    request: requestOf(word),
  };
}

export function parkOf(word: string, changes: Partial<ParkSummary> = {}): ParkSummary {
  return {
    id: word,
    name: word,
    fullName: word,
    type: word,
    typeLabel: word,
    province: word,
    city: `${word}市`,
    listed: false,
    articles: 3,
    ...changes,
  };
}

export function parkViewOf(word: string): ParkPageView {
  return {
    park: parkOf(word),
    aliases: [word],
    formerNames: [{ name: word, years: word }],
    note: word,
    history: { step: 'year', periods: [{ period: '2022', count: 2 }] },
    words: [{ word, articles: 2 }],
    sampled: 3,
    beside: [{ id: word, name: word, count: 2 }],
    sources: [{ name: word, count: 2 }],
    latest: [hitOf(word)],
  };
}

export function compareViewOf(
  word: string,
  changes: Partial<ComparePageView> = {},
): ComparePageView {
  return {
    request: { park: [word], q: word, by: 'year', literal: [word], add: '' },
    step: 'year',
    compared: [{ id: word, name: word, articles: 3, counts: { 2021: 1, 2022: 2 } }],
    rewrites: [{ from: word, to: word }],
    found: null,
    suggested: [{ id: word, name: word }],
    ...changes,
  };
}
