import { z } from 'zod';
import { firstRow, valueOf, type Store } from './database.ts';
import type { StoredArticle } from './stored-article.ts';
import { ARTICLE_TABLES, articleColumns, parseArticleRow } from './stored-article.ts';

/** An article as a request may read it, however long it is. */
export interface ShownArticle extends StoredArticle {
  /** False: the text is long, and this is its beginning, as the parts are the first ones. */
  readonly isWhole: boolean;
}

/** Characters of a text that are read together, for those who want so much of it. */
const CHARACTERS = { title: 0, beginning: 20_000, text: 100_000 };
/** Bytes, UTF-8, that a Chinese character takes: a text of more for each takes longer to read than others should wait. */
const BYTES = 3;
/** Characters of parts that are read, some 50 each. */
const PARTS = 500_000;
/** The last member of the details; quotation marks within a text would be escaped. */
const PARTS_KEY = ',"parts":[';
/** Bytes of a long text that are in memory together. */
const PIECE = 150_000;

function shownColumns(beginning: number, parts: number): string {
  const isLong = `octet_length(articles.text) > ${beginning * BYTES}`;
  const isCut = `octet_length(articles.details) > ${parts}`;
  const partsAt = `instr(articles.details, '${PARTS_KEY}') + ${PARTS_KEY.length - 1}`;
  return `${articleColumns(
    `iif(${isLong}, substr(articles.text, 1, ${beginning}), articles.text)`,
    `iif(${isCut}, substr(articles.details, 1, ${partsAt} + ${parts}), articles.details)`,
  )}, ${isLong} AS isLong, ${isCut} AS isCut`;
}

const rowSchema = z.looseObject({ details: z.string(), isLong: z.int(), isCut: z.int() });

/** The article of that public id, or null. */
export function findShownArticle(store: Store, id: string): ShownArticle | null {
  const columns = shownColumns(CHARACTERS.text, PARTS);
  const row = firstRow(store, `SELECT ${columns} FROM ${ARTICLE_TABLES} WHERE articles.id = ?`, id);
  if (row === undefined) return null;
  const { isLong, isCut, article } = parseShownRow(row);
  return { ...article, isWhole: !isLong && !isCut };
}

/**
 * The articles of these document ids one by one, in the order asked for; those that are gone are left out.
 * They have no parts, and of a long text no more than the beginning, as much as `most` says.
 */
export function* shownArticles(
  store: Store,
  docs: readonly number[],
  most: keyof typeof CHARACTERS = 'text',
): Generator<ShownArticle> {
  const columns = shownColumns(CHARACTERS[most], 0);
  const sql = `SELECT ${columns} FROM ${ARTICLE_TABLES} WHERE articles.doc = ?`;
  for (const doc of docs) {
    const row = firstRow(store, sql, doc);
    if (row === undefined) continue;
    const { isLong, article } = parseShownRow(row);
    yield { ...article, isWhole: !isLong };
  }
}

/** The whole text of an article piece by piece, as it stands at each; nothing when it is gone. */
export function* textInPieces(store: Store, doc: number): Generator<string> {
  const sql = 'SELECT substr(CAST(text AS BLOB), ?, ?) FROM articles WHERE doc = ?';
  const decoder = new TextDecoder();
  for (let at = 1; ; at += PIECE) {
    const piece = valueOf<Buffer>(store, sql, at, PIECE, doc);
    if (piece === undefined || piece.length === 0) return;
    yield decoder.decode(piece, { stream: true });
  }
}

function parseShownRow(row: unknown) {
  const { isLong, isCut, ...columns } = rowSchema.parse(row);
  const details = isCut === 1 ? firstParts(columns.details) : columns.details;
  const article = parseArticleRow({ ...columns, details });
  return { isLong: isLong === 1, isCut: isCut === 1, article };
}

/** Details that may have been cut off in the midst of their parts, made whole without the rest of these. */
function firstParts(details: string): string {
  if (details.endsWith(']}')) return details;
  const start = details.indexOf(PARTS_KEY) + PARTS_KEY.length;
  const end = details.lastIndexOf('},');
  return `${details.slice(0, Math.max(start, end + 1))}]}`;
}
