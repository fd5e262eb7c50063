import { basename } from 'node:path';
import { duplicatesOf } from '../../indexer/store/articles.ts';
import type { Store } from '../../indexer/store/database.ts';
import { pageOfArticle } from '../../indexer/store/stored-page.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import type { ArticleResponse } from '../api/article-schema.ts';
import { articleUrl } from '../search/answer-search.ts';

/** A stored article as the API and the article page show it. */
export function describeArticle(store: Store, article: StoredArticle): ArticleResponse {
  const { details } = article;
  const paragraphs = article.text.split('\n');
  return {
    id: article.id,
    title: article.title,
    kicker: details.kicker,
    subtitle: details.subtitle,
    bylines: details.bylines,
    authors: details.authors,
    text: article.text,
    paragraphs,
    crossheads: crossheadsAmong(
      paragraphs,
      details.parts,
      () => pageOfArticle(store, article.id)?.text,
    ),
    captions: details.captions,
    date: article.date,
    datePrecision: article.datePrecision,
    dateEvidence: details.dateEvidence,
    source: article.source,
    section: details.section,
    kind: article.kind,
    parks: [...article.parks],
    keywords: details.keywords,
    confidence: details.confidence,
    duplicateOf: article.duplicateOf,
    duplicates: duplicatesOf(store, article),
    sourceUrl: details.url,
    // Where the file lies on the server's disk is nobody's business.
    origin: { ...article.origin, file: basename(article.origin.file) },
    url: articleUrl(article.id),
  };
}

/** Which paragraphs are crossheads: those whose letters are the letters of such a part of the page. */
function crossheadsAmong(
  paragraphs: readonly string[],
  parts: StoredArticle['details']['parts'],
  readPage: () => string | undefined,
): number[] {
  const spans = parts.filter(({ role }) => role === 'crosshead');
  if (spans.length === 0) return [];
  const pageText = readPage() ?? '';
  const heads = new Set(spans.map(({ start, end }) => letters(pageText.slice(start, end))));
  return paragraphs.flatMap((paragraph, at) => (heads.has(letters(paragraph)) ? [at] : []));
}

function letters(text: string): string {
  return text.replace(/\s+/gu, '');
}
