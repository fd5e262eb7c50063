import { gzipSync } from 'node:zlib';
import type { BuiltDocument } from '../documents/engine-document.ts';
import type { ChangeRange } from '../store/changes.ts';
import { changesIn } from '../store/changes.ts';
import type { Store } from '../store/database.ts';
import type { ArticleGrams } from '../store/gram-postings.ts';
import type { RankingText } from '../store/ranking-texts.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import type { TermCounts } from '../store/vocabulary.ts';
import { countArticle, emptyTermCounts } from '../store/vocabulary.ts';

/** The changes of a range as the engine takes them. */
export interface BuiltChanges {
  readonly upTo: number;
  /** Documents, a line of JSON each, gzipped: they wait in memory until the engine gets them. */
  readonly lines: Uint8Array;
  /** Bytes of the lines unpacked. */
  readonly size: number;
  readonly documents: number;
  readonly removals: readonly number[];
  readonly counts: TermCounts;
  readonly rankings: readonly RankingText[];
  readonly grams: readonly ArticleGrams[];
}

const FAST = { level: 1 };

/** The analyzer failed on an article: a fault of the program, not of the text. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

/**
 * Reads the changes of a range from the store and builds their documents.
 * @throws DocumentError that names the article of which no document can be made.
 */
export function buildChanges(
  store: Store,
  buildDocument: (article: StoredArticle) => BuiltDocument,
  range: ChangeRange,
): BuiltChanges {
  const lines: string[] = [];
  const removals: number[] = [];
  const counts = emptyTermCounts();
  const rankings: RankingText[] = [];
  const grams: ArticleGrams[] = [];
  for (const change of changesIn(store, range)) {
    if (change.type === 'remove') {
      removals.push(change.doc);
      continue;
    }
    const { json, terms, ranking, grams: codes } = build(buildDocument, change.article);
    lines.push(json);
    rankings.push(ranking);
    grams.push({ doc: ranking.doc, codes });
    countArticle(counts, terms, ranking.text.length);
  }
  const joined = lines.join('\n');
  return {
    upTo: range.upTo,
    lines: gzipSync(joined, FAST),
    // They are ASCII.
    size: joined.length,
    documents: lines.length,
    removals,
    counts,
    rankings,
    grams,
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
