import type { BuiltDocument } from '../documents/engine-document.ts';
import { createYielder } from '../core/yield-to-event-loop.ts';
import type { Placement } from '../engine/placement.ts';
import type { ChangeRange } from '../store/changes.ts';
import { changesIn } from '../store/changes.ts';
import type { ArticleGrams } from '../store/article-grams.ts';
import type { Store } from '../store/database.ts';
import type { RankingText } from '../store/ranking-texts.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import type { DocumentBatch, DocumentLine } from './document-batches.ts';
import { packDocuments } from './document-batches.ts';
import { countTerms, emptyTermCounts, type TermCounts } from '../store/vocabulary.ts';

/** Changes, and where the documents of their index lie; null: on a single engine. */
export interface PlacedRange extends ChangeRange {
  readonly placement: Placement | null;
}

/** The changes of a range as the engines take them. */
export interface BuiltChanges {
  readonly upTo: number;
  readonly batches: readonly DocumentBatch[];
  readonly documents: number;
  readonly removals: readonly number[];
  readonly counts: TermCounts;
  readonly rankings: readonly RankingText[];
  readonly grams: readonly ArticleGrams[];
}

/** The analyzer failed on an article: a fault of the program, not of the text. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

/**
 * Reads the changes of a range from the store and builds their documents; others have a turn between two.
 * @throws DocumentError that names the article of which no document can be made.
 */
export async function buildChanges(
  store: Store,
  buildDocument: (article: StoredArticle) => BuiltDocument,
  range: PlacedRange,
): Promise<BuiltChanges> {
  const lines: DocumentLine[] = [];
  const removals: number[] = [];
  const counts = emptyTermCounts();
  const rankings: RankingText[] = [];
  const articleGrams: ArticleGrams[] = [];
  const yieldToEventLoop = createYielder();
  for (const change of changesIn(store, range)) {
    if (change.type === 'remove') {
      removals.push(change.doc);
      continue;
    }
    const { json, terms, ranking, grams } = build(buildDocument, change.article);
    lines.push({ articleId: change.article.id, changedSeq: change.seq, json });
    rankings.push(ranking);
    articleGrams.push({ doc: ranking.doc, grams });
    countTerms(counts, terms, ranking.text.length);
    await yieldToEventLoop();
  }
  return {
    upTo: range.upTo,
    batches: packDocuments(lines, range.placement),
    documents: lines.length,
    removals,
    counts,
    rankings,
    grams: articleGrams,
  };
}

function build(
  buildDocument: (article: StoredArticle) => BuiltDocument,
  article: StoredArticle,
): BuiltDocument {
  try {
    return buildDocument(article);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DocumentError(`文章 ${article.id}（${article.title}）无法建立索引：${reason}`, {
      cause,
    });
  }
}
