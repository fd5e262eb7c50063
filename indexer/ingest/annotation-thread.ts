import { workerData } from 'node:worker_threads';
import type { Gazetteer } from '../../config/gazetteer.ts';
import { annotateArticle } from '../annotators/annotate-article.ts';
import { createAnnotators } from '../annotators/annotators.ts';
import type { Article } from '../articles/article.ts';
import { serveItems } from '../core/serve-items.ts';
import type { Page } from '../readers/page.ts';
import { allRows, openStoreReader, valueOf } from '../store/database.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import { ARTICLE_COLUMNS, ARTICLE_TABLES, parseArticleRow } from '../store/stored-article.ts';
import { pagesAfter } from '../store/stored-page.ts';
import { articleRow, contentHash } from './article-row.ts';

/** What a thread of an annotation pool is given. */
export interface AnnotationThreadData {
  readonly dataDir: string;
  readonly gazetteer: Gazetteer;
}

/** Pages with numbers above `after`, up to `upTo`. */
export interface PageRange {
  readonly after: number;
  readonly upTo: number;
}

/** Articles that are annotated differently now. */
export type ReannotatedArticles = ReturnType<typeof annotatePagesAgain>;

const { dataDir, gazetteer } = workerData as AnnotationThreadData;
const store = openStoreReader(dataDir);
const annotators = createAnnotators(gazetteer);
serveItems(annotatePagesAgain);

/** Runs the annotators over the stored articles of some pages, as they were cut; returns what changes. */
function annotatePagesAgain({ after, upTo }: PageRange) {
  return pagesAfter(store, after, upTo).flatMap(({ id, page }) =>
    articlesOn(id).flatMap((stored) => {
      const annotated = annotateArticle(asCut(stored, page), annotators);
      const { doc } = stored;
      const hash = contentHash(annotated);
      const former = 'SELECT content_hash FROM articles WHERE doc = ?';
      if (valueOf<string>(store, former, doc) === hash) return [];
      return [{ doc, row: articleRow(annotated), contentHash: hash }];
    }),
  );
}

function articlesOn(pageId: number): StoredArticle[] {
  return allRows(
    store,
    `SELECT ${ARTICLE_COLUMNS} FROM ${ARTICLE_TABLES}
     WHERE articles.page_id = ? ORDER BY articles.position`,
    pageId,
  ).map(parseArticleRow);
}

/** The article as it was cut out of its page; its members in the order in which they are hashed. */
function asCut({ title, text, details }: StoredArticle, page: Page): Article {
  const { kicker, subtitle, bylines, captions, parts, confidence } = details;
  const paragraphs = text === '' ? [] : text.split('\n');
  return { page, title, kicker, subtitle, bylines, paragraphs, captions, parts, confidence };
}
