import type { AnnotatedArticle, Annotator } from '../annotators/annotation.ts';
import { annotateArticle } from '../annotators/annotate-article.ts';
import type { Article } from '../articles/article.ts';
import type { Page } from '../readers/page.ts';
import type { Store } from '../store/database.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import { ARTICLE_COLUMNS, ARTICLE_TABLES, parseArticleRow } from '../store/stored-article.ts';
import { pagesAfter, type StoredPage } from '../store/stored-page.ts';
import { articleRow, type ArticleRow } from './article-row.ts';
import { contentHash } from './hashes.ts';

/** Pages with numbers above `after`, up to `upTo`. */
export interface PageRange {
  readonly after: number;
  readonly upTo: number;
}

/** An article that is annotated differently now. */
export interface ReannotatedArticle {
  readonly doc: number;
  readonly row: ArticleRow;
  readonly contentHash: string;
}

/** Runs the annotators over the stored articles of some pages, as they were cut; returns what changes. */
export function annotatePagesAgain(
  store: Store,
  annotators: readonly Annotator[],
  { after, upTo }: PageRange,
): ReannotatedArticle[] {
  const hashOf = store.prepare<[number], { hash: string }>(
    'SELECT content_hash AS hash FROM articles WHERE doc = ?',
  );
  return pagesAfter(store, after, upTo).flatMap((page) =>
    articlesOn(store, page).flatMap(({ doc, article }) => {
      const annotated: AnnotatedArticle = annotateArticle(article, annotators);
      const hash = contentHash(annotated);
      if (hashOf.get(doc)?.hash === hash) return [];
      return [{ doc, row: articleRow(annotated), contentHash: hash }];
    }),
  );
}

function articlesOn(store: Store, { id, page }: StoredPage) {
  return store
    .prepare(
      `SELECT ${ARTICLE_COLUMNS} FROM ${ARTICLE_TABLES}
       WHERE articles.page_id = ? ORDER BY articles.position`,
    )
    .all(id)
    .map(parseArticleRow)
    .map((stored) => ({ doc: stored.doc, article: asCut(stored, page) }));
}

/** The article as it was cut out of its page; its members in the order in which they are hashed. */
function asCut({ title, text, details }: StoredArticle, page: Page): Article {
  const { kicker, subtitle, bylines, captions, parts, confidence } = details;
  const paragraphs = text === '' ? [] : text.split('\n');
  return { page, title, kicker, subtitle, bylines, paragraphs, captions, parts, confidence };
}
