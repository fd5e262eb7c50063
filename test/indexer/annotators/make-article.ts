import type { Article } from '../../../indexer/articles/article.ts';
import type { Page } from '../../../indexer/readers/page.ts';

/** A page with only a text, unless more is given. */
export function makePage(text: string, more: Partial<Page> = {}): Page {
  return {
    type: 'page',
    file: '示例.txt',
    place: '',
    layout: 'newspaper',
    text,
    metadata: { dates: [] },
    ...more,
  };
}

/** An article of one paragraph on a page of its own, unless more is given. */
export function makeArticle(title: string, text: string, more: Partial<Article> = {}): Article {
  return {
    page: makePage(`${title}\n\n${text}`),
    title,
    kicker: null,
    subtitle: null,
    bylines: [],
    paragraphs: text === '' ? [] : text.split('\n'),
    captions: [],
    parts: [],
    confidence: 1,
    ...more,
  };
}
