import type { Article } from '../articles/article.ts';

/** Where in the article a span lies; offsets are UTF-16 in that field. `text` is `articleText(article)`. */
export type AnnotatedField =
  'title' | 'kicker' | 'subtitle' | 'byline' | 'text' | 'caption' | 'metadata';

interface Span {
  readonly field: AnnotatedField;
  readonly start: number;
  readonly end: number;
}

export interface ParkAnnotation extends Span {
  readonly type: 'park';
  /** Gazetteer id, or `unlisted:清镇高新区` for a name shaped like a park that the gazetteer lacks. */
  readonly parkId: string;
  readonly name: string;
  readonly listed: boolean;
}

type DatePrecision = 'day' | 'month' | 'year' | 'unknown';

export interface DateAnnotation extends Span {
  readonly type: 'date';
  /** `publication`: when the article was printed, at most one, without a place. `mention`: in the text. */
  readonly role: 'publication' | 'mention';
  /** `YYYY[-MM[-DD]]`. */
  readonly date: string;
  readonly precision: Exclude<DatePrecision, 'unknown'>;
  /** Why this reading: `正文“3月1日”，年份取自版面日期 2022 年`. */
  readonly evidence: string;
}

export interface ValueAnnotation extends Span {
  readonly type: 'source' | 'section' | 'author' | 'keyword';
  readonly value: string;
}

export type Annotation = ParkAnnotation | DateAnnotation | ValueAnnotation;

/** An annotator sees the article and what earlier annotators found, and returns what it adds. */
export interface Annotator {
  readonly name: string;
  readonly annotate: (article: Article, earlier: readonly Annotation[]) => readonly Annotation[];
}

export interface ArticlePark {
  readonly id: string;
  readonly name: string;
  readonly listed: boolean;
  readonly mentions: number;
}

export interface ArticleDate {
  /** `YYYY[-MM[-DD]]`, as far as it is known; null when unknown. */
  readonly date: string | null;
  readonly precision: DatePrecision;
  /** The reasoning, in Chinese, for the article page. */
  readonly evidence: string;
}

export interface AnnotatedArticle {
  readonly article: Article;
  /** Title apart: the paragraphs joined by `\n`. */
  readonly text: string;
  /** The primary park first, then by weight; empty when no park is named. */
  readonly parks: readonly ArticlePark[];
  readonly date: ArticleDate;
  readonly source: string | null;
  readonly section: string | null;
  readonly authors: readonly string[];
  readonly kind: 'story' | 'brief' | 'photo';
  readonly keywords: readonly string[];
  readonly annotations: readonly Annotation[];
}

/** The running text that `text` spans and the index refer to: paragraphs joined by `\n`. */
export function articleText(article: Pick<Article, 'paragraphs'>): string {
  return article.paragraphs.join('\n');
}

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
