import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { bodyText, headingText } from '../../indexer/documents/indexed-text.ts';
import { articlesByDoc } from '../../indexer/store/articles.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { TextLiteral } from './clause.ts';
import type { ClauseQuery } from './engine-query.ts';

/** So many texts are looked at before other requests have their turn. */
const AT_ONCE = 200;

type Check = (texts: ArticleTexts) => boolean;

interface ArticleTexts {
  readonly printed: { readonly title: string; readonly body: string };
  readonly title: string;
  readonly body: string;
}

const docsSchema = z.array(z.int());

/**
 * Tells which of some doubtful articles truly fit a clause, by their text and not by the index.
 * @throws the signal's reason once it is aborted.
 */
export function createVerifier(store: Store) {
  return async function fittingDocs(
    query: Pick<ClauseQuery, 'present' | 'absent'>,
    docs: readonly number[],
    signal?: AbortSignal,
  ): Promise<Set<number>> {
    const printedAsTyped = createPrintedFinder(store, query);
    const checks = [
      ...query.present.map(stands),
      ...query.absent.map((literal): Check => {
        const unwanted = stands(literal);
        return (texts) => !unwanted(texts);
      }),
    ];
    const fitting = new Set<number>();
    for (let from = 0; from < docs.length; from += AT_ONCE) {
      const some = docs.slice(from, from + AT_ONCE);
      const surely = new Set(printedAsTyped(some));
      const unsure = some.filter((doc) => !surely.has(doc));
      for (const doc of surely) fitting.add(doc);
      for (const article of articlesByDoc(store, unsure)) {
        const printed = { title: headingText(article), body: bodyText(article) };
        const { title, body } = printed;
        const texts = { printed, title: comparable(title), body: comparable(body) };
        if (checks.every((check) => check(texts))) fitting.add(article.doc);
      }
      await nextTurn();
      signal?.throwIfAborted();
    }
    return fitting;
  };
}

/**
 * Finds the articles in which all phrases stand just as typed: most do, and to see it takes a tenth of
 * the time that normalising takes. Of the others nothing is said.
 */
function createPrintedFinder(
  store: Store,
  { present, absent }: Pick<ClauseQuery, 'present' | 'absent'>,
): (docs: readonly number[]) => readonly number[] {
  // A lone surrogate would be another character in SQLite.
  if (absent.length > 0 || present.some(({ text }) => /\p{Cs}/u.test(text))) return () => [];
  const conditions = present.map(({ titleOnly }) =>
    titleOnly ? 'instr(title, ?) > 0' : '(instr(text, ?) > 0 OR instr(title, ?) > 0)',
  );
  const values = present.flatMap(({ text, titleOnly }) =>
    titleOnly ? [text.trim()] : [text.trim(), text.trim()],
  );
  const select = store
    .prepare(
      `SELECT doc FROM articles WHERE doc IN (SELECT value FROM json_each(?))
       AND ${conditions.join(' AND ')}`,
    )
    .pluck();
  return (docs) => docsSchema.parse(select.all(JSON.stringify(docs), ...values));
}

/** As printed, or as normalised: what a character becomes may depend on the characters around it. */
function stands({ text, titleOnly }: TextLiteral): Check {
  const asTyped = text.trim();
  const wanted = comparable(asTyped);
  return ({ printed, title, body }) =>
    printed.title.includes(asTyped) ||
    title.includes(wanted) ||
    (!titleOnly && (printed.body.includes(asTyped) || body.includes(wanted)));
}

/** Normalised, and all white space alike: a typed space stands for the end of a line too. */
function comparable(text: string): string {
  return normaliseText(text).text.replace(/\s+/gu, ' ');
}
