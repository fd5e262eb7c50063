import { headingGram, queryGramsOf } from '../../indexer/analyzer/grams.ts';
import { normalisedPieces } from '../../indexer/analyzer/normalised-pieces.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { memoizeByOwner } from '../../indexer/core/caches.ts';
import { takeTurn } from '../../indexer/core/fair-turns.ts';
import { bodyText, headingText } from '../../indexer/documents/indexed-text.ts';
import { docsAfter, searchedTexts } from '../../indexer/store/articles.ts';
import type { Store } from '../../indexer/store/database.ts';
import { findDocsWithGrams } from '../../indexer/store/article-grams.ts';
import { timed } from '../http/request-trace.ts';
import { createAnswerCache } from './answer-cache.ts';
import { textKey, type TextLiteral } from './clause.ts';
import { workOneSlice } from './slices.ts';
import { verificationBudget, type VerificationBudget } from './verification-budget.ts';

/** What has to be looked for in the texts themselves, each once. */
interface SoughtTexts {
  readonly wanted: readonly TextLiteral[];
  readonly unwanted: readonly TextLiteral[];
}

/** The articles that have a text; by {@link textKey}. */
type FoundTexts = ReadonlyMap<
  string,
  {
    /** Ascending, none too many. */
    readonly docs: readonly number[];
    /** None missing: every article was looked into that may have it. */
    readonly isWhole: boolean;
  }
>;

/** Numbers of documents in the cache, some 16 MB. */
const CACHE_SIZE = 2_000_000;
/** What an answer without any document takes. */
const SMALLEST = 1_000;

/**
 * Finds the articles that have texts letter for letter, within the request's budget. All searches in a store
 * share one, with what it has found.
 * It rejects with the signal's reason once it is aborted, and with VerificationBusyError when others had
 * all turns.
 */
export const exactPhraseSearch = memoizeByOwner((store: Store) => {
  const answerOnce = createAnswerCache<FoundTexts>(store, {
    name: 'phrases',
    cacheSize: CACHE_SIZE,
    sizeOf: (found) => [...found.values()].reduce((sum, { docs }) => sum + docs.length, SMALLEST),
    isWorthKeeping: (found) => [...found.values()].every(({ isWhole }) => isWhole),
  });

  async function find(texts: SoughtTexts, signal: AbortSignal): Promise<FoundTexts> {
    const budget = verificationBudget();
    const steps = findTexts(store, texts, budget);
    const contender = {
      arrival: budget.arrival,
      isBackground: budget.limits.isBackground,
      spent: () => budget.work,
      refusal: () => (signal.aborted ? (signal.reason as Error) : budget.refusal()),
    };
    for (;;) {
      await takeTurn(contender);
      const began = performance.now();
      const found = timed('verify', () => workOneSlice(steps));
      budget.work += performance.now() - began;
      if (found !== null) return found;
    }
  }

  return async function findPhrases(
    uid: string,
    texts: SoughtTexts,
    signal?: AbortSignal,
  ): Promise<FoundTexts> {
    const { wanted, unwanted } = texts;
    if (wanted.length + unwanted.length === 0) return new Map();
    const question = [uid, wanted.map(textKey), unwanted.map(textKey)];
    return answerOnce(question, (shared) => find(texts, shared), signal);
  };
});

interface Sought {
  readonly literal: TextLiteral;
  /** It is excluded: the answer would be wrong without all that have it. */
  readonly isFirst: boolean;
  /** As it was typed, without white space at its ends. */
  readonly typed: string;
  readonly normalised: string;
  /** Documents that may have it, ascending. */
  proposed: Iterable<number>;
  /** Those that have it. */
  readonly docs: number[];
  /** Every article was looked into that may have it. */
  isWhole: boolean;
}

/**
 * Grams propose, the article's own text decides, each read once for all. In steps of a few milliseconds,
 * until the budget is spent, what is unwanted first.
 */
function* findTexts(
  store: Store,
  { wanted, unwanted }: SoughtTexts,
  budget: VerificationBudget,
): Generator<void, FoundTexts> {
  const toSought = (isFirst: boolean) => (literal: TextLiteral) => {
    const typed = literal.text.trim();
    const normalised = evenSpaced(normaliseText(typed).text);
    const nothing = { proposed: [], docs: [], isWhole: false };
    const sought: Sought = { literal, isFirst, typed, normalised, ...nothing };
    return [textKey(literal), sought] as const;
  };
  const all = new Map([...wanted.map(toSought(false)), ...unwanted.map(toSought(true))]);
  yield* lookInto(store, [...all.values()], budget);
  return new Map(
    Array.from(all, ([key, { docs, isWhole }]) => [
      key,
      { docs: docs.sort((a, b) => a - b), isWhole },
    ]),
  );
}

function* lookInto(
  store: Store,
  all: readonly Sought[],
  budget: VerificationBudget,
): Generator<void, void> {
  for (const sought of all) {
    const proposed = yield* propose(store, sought.literal, budget);
    if (proposed === null) return;
    sought.proposed = proposed;
  }
  for (const isFirst of [true, false]) {
    const now = all.filter((one) => one.isFirst === isFirst);
    if (now.length === 0) continue;
    for (const { doc, perhaps } of inOrder(all)) {
      // Each text is read once for all: what has something unwanted in the first round, the others in the second.
      if (perhaps.some((one) => one.isFirst) !== isFirst) continue;
      if (budget.isSpent) return;
      budget.texts += 1;
      for (const { docs } of yield* foundIn(store, doc, perhaps)) docs.push(doc);
      yield;
    }
    for (const one of now) one.isWhole = true;
  }
}

/** Documents that may have a text, ascending; null when the budget is spent before it is known. */
function* propose(
  store: Store,
  { text, titleOnly }: TextLiteral,
  budget: VerificationBudget,
): Generator<void, Iterable<number> | null> {
  const grams = queryGramsOf(text);
  // Signs alone have no grams: whether an article has them only its text can tell.
  if (grams.length === 0) return { [Symbol.iterator]: () => everyDoc(store) };
  const steps = findDocsWithGrams(store, titleOnly ? grams.map(headingGram) : grams);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (budget.isSpent) return null;
    yield;
  }
}

/** Each document that is proposed for any, with those for which it is. */
function* inOrder(all: readonly Sought[]): Generator<{ doc: number; perhaps: Sought[] }> {
  const lists = all.map((sought) => {
    const left = sought.proposed[Symbol.iterator]();
    return { sought, left, head: left.next() };
  });
  for (;;) {
    const doc = Math.min(...lists.map(({ head }) => (head.done === true ? Infinity : head.value)));
    if (doc === Infinity) return;
    const proposed = lists.filter(({ head }) => head.done !== true && head.value === doc);
    for (const list of proposed) list.head = list.left.next();
    yield { doc, perhaps: proposed.map(({ sought }) => sought) };
  }
}

/** So many documents are listed at a time. */
const LISTED_AT_ONCE = 1_000;

function* everyDoc(store: Store): Generator<number, undefined> {
  for (let after: number | undefined = 0; after !== undefined;) {
    const docs = docsAfter(store, after, LISTED_AT_ONCE);
    yield* docs;
    after = docs.at(-1);
  }
}

/** Those that an article has. */
function* foundIn(
  store: Store,
  doc: number,
  sought: readonly Sought[],
): Generator<void, ReadonlySet<Sought>> {
  const found = new Set<Sought>();
  const texts = searchedTexts(store, doc);
  if (texts === null) return found;
  const [heading, body] = [headingText(texts), bodyText(texts)];
  // Most have it just as typed, and to see that takes a twentieth of the time that normalising takes.
  for (const one of sought) {
    if (heading.includes(one.typed) || (!one.literal.titleOnly && body.includes(one.typed)))
      found.add(one);
    yield;
  }
  yield* findNormalised(heading, sought, found);
  const anywhere = sought.filter(({ literal }) => !literal.titleOnly);
  yield* findNormalised(body, anywhere, found);
  return found;
}

/** Adds to `found` those that a text has however it is written. */
function* findNormalised(
  text: string,
  sought: readonly Sought[],
  found: Set<Sought>,
): Generator<void> {
  let missing = sought.filter((one) => !found.has(one));
  if (missing.length === 0) return;
  const longest = Math.max(...missing.map(({ normalised }) => normalised.length));
  let before = '';
  for (const piece of normalisedPieces(text)) {
    const spaced = evenSpaced(piece);
    const seen = before + (before.endsWith(' ') ? spaced.replace(/^ /u, '') : spaced);
    for (const one of missing) if (seen.includes(one.normalised)) found.add(one);
    missing = missing.filter((one) => !found.has(one));
    if (missing.length === 0) return;
    // What stands across two pieces has all but one of its characters in the first, or fewer.
    before = longest > 1 ? seen.slice(1 - longest) : '';
    yield;
  }
}

/** All white space alike: a typed space stands for the end of a line too. */
function evenSpaced(normalised: string): string {
  return normalised.replace(/\s+/gu, ' ');
}
