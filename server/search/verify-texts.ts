import { headingGram, queryGramsOf } from '../../indexer/analyzer/grams.ts';
import { normalisedPieces } from '../../indexer/analyzer/normalised-pieces.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { bodyText, headingText } from '../../indexer/documents/indexed-text.ts';
import { findDocsWithGrams } from '../../indexer/store/article-grams.ts';
import { docsAfter, searchedTexts } from '../../indexer/store/articles.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { TextLiteral } from './clause.ts';
import { textKey } from './clause.ts';
import type { VerifiedTexts } from './engine-query.ts';
import type { VerificationBudget } from './verification-budget.ts';

/** The articles in which a text stands. */
interface StandingDocs {
  /** Ascending, none too many. */
  readonly docs: readonly number[];
  /** None missing: every article was looked into that may have it. */
  readonly isWhole: boolean;
}

interface Wanted {
  readonly literal: TextLiteral;
  /** It is excluded: the answer would be wrong without all that have it. */
  readonly isFirst: boolean;
  /** As it was typed, without white space at its ends. */
  readonly typed: string;
  readonly normalised: string;
  readonly found: number[];
  /** Every article was looked into that may have it. */
  isWhole: boolean;
}

/** By {@link textKey}. */
export type StandingTexts = ReadonlyMap<string, StandingDocs>;

/** So many documents are listed at a time. */
const LISTED_AT_ONCE = 1_000;

/**
 * Finds the articles in which texts stand letter for letter: grams propose, the article's own text decides,
 * each read once for all. In steps of a few milliseconds, until the budget is spent, what is unwanted first;
 * by {@link textKey}.
 */
export function* verifyTexts(
  store: Store,
  { wanted, unwanted }: VerifiedTexts,
  budget: VerificationBudget,
): Generator<void, StandingTexts> {
  const all = new Map([
    ...wanted.map((literal) => [textKey(literal), toWanted(literal, false)] as const),
    ...unwanted.map((literal) => [textKey(literal), toWanted(literal, true)] as const),
  ]);
  yield* verifyProposed(store, [...all.values()], budget);
  return new Map(
    Array.from(all, ([key, { found, isWhole }]) => [
      key,
      { docs: found.sort((a, b) => a - b), isWhole },
    ]),
  );
}

function toWanted(literal: TextLiteral, isFirst: boolean): Wanted {
  const typed = literal.text.trim();
  const normalised = comparable(normaliseText(typed).text);
  return { literal, isFirst, typed, normalised, found: [], isWhole: false };
}

function* verifyProposed(
  store: Store,
  all: readonly Wanted[],
  budget: VerificationBudget,
): Generator<void, void> {
  const proposals: Proposal[] = [];
  for (const one of all) {
    const proposal = yield* propose(store, one, budget);
    if (proposal === null) return;
    proposals.push(proposal);
  }
  for (const isFirst of [true, false]) {
    const now = all.filter((one) => one.isFirst === isFirst);
    if (now.length === 0) continue;
    for (const { doc, perhaps } of inOrder(store, proposals)) {
      // Each text is read once for all: what has something unwanted in the first round, the others in the second.
      if (perhaps.some((one) => one.isFirst) !== isFirst) continue;
      if (budget.isSpent) return;
      budget.noteText();
      const standing = yield* standingIn(store, doc, perhaps);
      for (const { found } of standing) found.push(doc);
      yield;
    }
    for (const one of now) one.isWhole = true;
  }
}

/** Documents that may have a text, ascending; null: any may. */
interface Proposal {
  readonly wanted: Wanted;
  readonly docs: readonly number[] | null;
}

/** Null when the budget is spent before it is known. */
function* propose(
  store: Store,
  wanted: Wanted,
  budget: VerificationBudget,
): Generator<void, Proposal | null> {
  const { text, titleOnly } = wanted.literal;
  const grams = queryGramsOf(text);
  // Signs alone have no grams: whether they stand somewhere only the texts can tell.
  if (grams.length === 0) return { wanted, docs: null };
  const steps = findDocsWithGrams(store, titleOnly ? grams.map(headingGram) : grams);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return { wanted, docs: value };
    if (budget.isSpent) return null;
    yield;
  }
}

/** Each document that is proposed for any, with those for which it is. */
function* inOrder(
  store: Store,
  proposals: readonly Proposal[],
): Generator<{ doc: number; perhaps: Wanted[] }> {
  const lists = proposals.map(({ wanted, docs }) => ({
    wanted,
    docs: (docs ?? everyDoc(store))[Symbol.iterator](),
  }));
  const heads = lists.map(({ docs }) => docs.next());
  for (;;) {
    const doc = Math.min(...heads.map(({ done, value }) => (done === true ? Infinity : value)));
    if (doc === Infinity) return;
    const perhaps: Wanted[] = [];
    lists.forEach(({ wanted, docs }, at) => {
      if (heads[at]!.done === true || heads[at]!.value !== doc) return;
      perhaps.push(wanted);
      heads[at] = docs.next();
    });
    yield { doc, perhaps };
  }
}

function* everyDoc(store: Store): Generator<number, undefined> {
  for (let after = 0; ;) {
    const docs = docsAfter(store, after, LISTED_AT_ONCE);
    yield* docs;
    const last = docs.at(-1);
    if (last === undefined) return undefined;
    after = last;
  }
}

/** Those that stand in an article. */
function* standingIn(
  store: Store,
  doc: number,
  wanted: readonly Wanted[],
): Generator<void, Wanted[]> {
  const texts = searchedTexts(store, doc);
  if (texts === null) return [];
  const standing = new Set<Wanted>();
  const [heading, body] = [headingText(texts), bodyText(texts)];
  // Most have it just as typed, and to see that takes a twentieth of the time that normalising takes.
  for (const one of wanted) {
    if (heading.includes(one.typed) || (!one.literal.titleOnly && body.includes(one.typed)))
      standing.add(one);
    yield;
  }
  yield* findNormalised(heading, wanted, standing);
  yield* findNormalised(
    body,
    wanted.filter(({ literal }) => !literal.titleOnly),
    standing,
  );
  return [...standing];
}

/** Adds to `standing` those that stand in a text however it is written. */
function* findNormalised(
  text: string,
  wanted: readonly Wanted[],
  standing: Set<Wanted>,
): Generator<void> {
  let missing = wanted.filter((one) => !standing.has(one));
  if (missing.length === 0) return;
  const longest = Math.max(...missing.map(({ normalised }) => normalised.length));
  let before = '';
  for (const piece of normalisedPieces(text)) {
    const spaced = comparable(piece);
    const seen = before + (before.endsWith(' ') ? spaced.replace(/^ /u, '') : spaced);
    for (const one of missing) if (seen.includes(one.normalised)) standing.add(one);
    missing = missing.filter((one) => !standing.has(one));
    if (missing.length === 0) return;
    // What stands across the seam has all but one of its characters before it, or fewer.
    before = longest > 1 ? seen.slice(1 - longest) : '';
    yield;
  }
}

/** All white space alike: a typed space stands for the end of a line too. */
function comparable(normalised: string): string {
  return normalised.replace(/\s+/gu, ' ');
}
