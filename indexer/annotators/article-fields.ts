import type { Article } from '../articles/article.ts';
import { articleText, type AnnotatedField } from './annotation.ts';

export interface ArticleField {
  readonly field: Exclude<AnnotatedField, 'metadata'>;
  readonly text: string;
}

/**
 * The fields of an article in which annotations have their spans, in reading order; missing ones
 * are left out. Several by-lines or captions are one field, joined by `\n` like the paragraphs.
 */
export function articleFields(article: Article): readonly ArticleField[] {
  const fields: ArticleField[] = [
    { field: 'kicker', text: article.kicker ?? '' },
    { field: 'title', text: article.title },
    { field: 'subtitle', text: article.subtitle ?? '' },
    { field: 'byline', text: article.bylines.join('\n') },
    { field: 'text', text: articleText(article) },
    { field: 'caption', text: article.captions.join('\n') },
  ];
  return fields.filter(({ text }) => text !== '');
}

/** The place of an annotation that comes from the file, not from a field's text. */
export const outsideText = { field: 'metadata', start: 0, end: 0 } as const;
