import type { Article } from '../articles/article.ts';
import {
  articleText,
  type AnnotatedArticle,
  type Annotation,
  type Annotator,
  type ArticleDate,
  type ValueAnnotation,
} from './annotation.ts';
import { articleKind } from './article-kind.ts';
import { rankParks } from './rank-parks.ts';

/** Runs the annotators in order and folds what they find into one record of the article. */
export function annotateArticle(
  article: Article,
  annotators: readonly Annotator[],
): AnnotatedArticle {
  const annotations: Annotation[] = [];
  for (const annotator of annotators)
    for (const found of annotator.annotate(article, annotations)) annotations.push(found);
  return {
    article,
    text: articleText(article),
    parks: rankParks(annotations),
    date: publicationDate(annotations),
    source: valuesOf(annotations, 'source')[0] ?? null,
    section: valuesOf(annotations, 'section')[0] ?? null,
    authors: valuesOf(annotations, 'author'),
    kind: articleKind(article),
    keywords: valuesOf(annotations, 'keyword'),
    annotations,
  };
}

function publicationDate(annotations: readonly Annotation[]): ArticleDate {
  for (const found of annotations)
    if (found.type === 'date' && found.role === 'publication')
      return { date: found.date, precision: found.precision, evidence: found.evidence };
  return {
    date: null,
    precision: 'unknown',
    evidence: '元数据、版面与正文都没有能定出年份的日期',
  };
}

function valuesOf(
  annotations: readonly Annotation[],
  type: ValueAnnotation['type'],
): readonly string[] {
  const values = annotations.flatMap((found) => (found.type === type ? [found.value] : []));
  return [...new Set(values)];
}
