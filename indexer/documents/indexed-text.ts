import type { SearchedText } from '../store/stored-article.ts';

/** Headline, kicker and subtitle, as the index holds them. */
export function headingText(article: SearchedText): string {
  return [article.title, article.details.kicker, article.details.subtitle]
    .filter((line) => line !== null)
    .join('\n');
}

/** Running text and captions, as the index holds them. */
export function bodyText(article: SearchedText): string {
  return [article.text, ...article.details.captions].join('\n');
}
