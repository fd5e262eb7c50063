import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { gramCode, queryGramsOf } from '../../indexer/analyzer/grams.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { bodyText, headingText } from '../../indexer/documents/indexed-text.ts';
import { allDocs, articlesByDoc } from '../../indexer/store/articles.ts';
import type { Store } from '../../indexer/store/database.ts';
import { docsWithGrams } from '../../indexer/store/gram-postings.ts';
import { timed } from '../telemetry/request-trace.ts';
import { createAnswerCache } from './answer-cache.ts';
import type { TextLiteral } from './clause.ts';

/** So many texts are looked at before other requests have their turn. */
const AT_ONCE = 200;
const MAX_KEPT = 100;

const docsSchema = z.array(z.int());

/**
 * Finds the articles in which a text stands letter for letter: grams propose, the article's own text
 * decides. Ascending document numbers, none missing and none too many.
 */
export function createStandingText(store: Store) {
  const answerOnce = createAnswerCache<readonly number[]>(store, 'phrases', MAX_KEPT);

  /** @throws the signal's reason once it is aborted. */
  return (uid: string, literal: TextLiteral, signal?: AbortSignal): Promise<readonly number[]> =>
    answerOnce([uid, literal.text, literal.titleOnly], async () => {
      const fitting: number[] = [];
      const proposed = timed('verify', () => proposedDocs(store, uid, literal));
      for (let from = 0; from < proposed.length; from += AT_ONCE) {
        const some = proposed.slice(from, from + AT_ONCE);
        fitting.push(...timed('verify', () => fittingDocs(store, literal, some)));
        await nextTurn();
        signal?.throwIfAborted();
      }
      return fitting.sort((a, b) => a - b);
    });
}

function proposedDocs(store: Store, uid: string, { text, titleOnly }: TextLiteral) {
  const grams = queryGramsOf(text);
  // Signs alone have no grams: whether they stand somewhere only the texts can tell.
  if (grams.length === 0) return allDocs(store);
  return docsWithGrams(
    store,
    uid,
    grams.map((gram) => gramCode(gram, titleOnly)),
  );
}

function fittingDocs(store: Store, literal: TextLiteral, docs: readonly number[]): number[] {
  const surely = docsWithPrinted(store, literal, docs);
  const certain = new Set(surely);
  const wanted = comparable(literal.text.trim());
  const perhaps = articlesByDoc(
    store,
    docs.filter((doc) => !certain.has(doc)),
  ).filter(
    (article) =>
      comparable(headingText(article)).includes(wanted) ||
      (!literal.titleOnly && comparable(bodyText(article)).includes(wanted)) ||
      isPrinted(headingText(article), bodyText(article), literal),
  );
  return [...surely, ...perhaps.map(({ doc }) => doc)];
}

/** Most have it just as typed, and to see that takes a tenth of the time that normalising takes. */
function docsWithPrinted(
  store: Store,
  { text, titleOnly }: TextLiteral,
  docs: readonly number[],
): number[] {
  // A lone surrogate would be another character in SQLite.
  if (/\p{Cs}/u.test(text)) return [];
  const typed = text.trim();
  const select = store
    .prepare(
      `SELECT doc FROM articles WHERE doc IN (SELECT value FROM json_each(?))
       AND ${titleOnly ? 'instr(title, ?) > 0' : '(instr(text, ?) > 0 OR instr(title, ?) > 0)'}`,
    )
    .pluck();
  return docsSchema.parse(
    select.all(JSON.stringify(docs), ...(titleOnly ? [typed] : [typed, typed])),
  );
}

/** In captions, kickers and subtitles too. */
function isPrinted(heading: string, body: string, { text, titleOnly }: TextLiteral): boolean {
  const typed = text.trim();
  return heading.includes(typed) || (!titleOnly && body.includes(typed));
}

/** Normalised, and all white space alike: a typed space stands for the end of a line too. */
function comparable(text: string): string {
  return normaliseText(text).text.replace(/\s+/gu, ' ');
}
