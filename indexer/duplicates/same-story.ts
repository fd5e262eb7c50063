import { compareFigures } from './figures.ts';
import { countShared, coveredPart } from './shingles.ts';
import type { Story, StoryFacts } from './story.ts';

// All limits were set on 12,000 news items of one broadcaster, a corpus full of set phrases: see
// test/indexer/duplicates for the kinds of pairs behind each.
/** The shorter of two copies has at least this part of the longer one's shingles. */
export const SMALLEST_RATIO = 0.5;
/** The same under one headline: the front page's beginning of a story, a re-post cut short. */
const SMALLEST_RATIO_SAME_TITLE = 0.25;
/** Copies share at least this part of the shorter one's shingles; most must share more. */
export const LEAST_CONTAINMENT = 0.6;
const FAR_APART_DAYS = 10;
const CLOSE_DAYS = 3;
const TINY_UNITS = 40;
const LONG = 400;

/** Whether two stories may be the same as far as length, dates and headline tell. */
export function mayBeSameStory(a: StoryFacts, b: StoryFacts): boolean {
  const [size, longer] = a.size <= b.size ? [a.size, b.size] : [b.size, a.size];
  if (size < (haveSameTitle(a, b) ? SMALLEST_RATIO_SAME_TITLE : SMALLEST_RATIO) * longer)
    return false;
  return daysBetween(a, b) <= FAR_APART_DAYS || size >= LONG;
}

/**
 * Whether two articles tell the same story in the same words, whatever the order of the paragraphs.
 * Symmetric. Two reports of one event in different words are not the same story; nor are two
 * stories cast in one mould: other figures, another park, another subject in the headline.
 */
export function isSameStory(a: Story, b: Story): boolean {
  if (!mayBeSameStory(a, b)) return false;
  if (isTiny(a) || isTiny(b))
    return a.title === b.title && a.body === b.body && daysBetween(a, b) === 0;
  const [shorter, longer] = compareLength(a, b) <= 0 ? [a, b] : [b, a];
  const shared = countShared(shorter.shingles, longer.shingles);
  const ratio = shorter.size / longer.size;
  if (!wordsAgree(shorter, longer, shared / shorter.size, ratio)) return false;
  // A yearly notice may be word for word last year's; a long report never is.
  if (daysBetween(a, b) > FAR_APART_DAYS && !isNearlyIdentical(a, b, shared)) return false;
  return (
    figuresAgree(shorter, longer) &&
    parksAgree(shorter, longer, ratio) &&
    titlesAgree(shorter, longer, ratio)
  );
}

/** A fixed order even among texts of one length, so that the comparison is symmetric. */
function compareLength(a: Story, b: Story): number {
  if (a.size !== b.size) return a.size - b.size;
  if (a.body !== b.body) return a.body < b.body ? -1 : 1;
  const spell = ({ title, figures }: Story) => JSON.stringify([title, figures]);
  return spell(a) < spell(b) ? -1 : 1;
}

/** One headline within a few days; a column may bear the same one every week. */
function haveSameTitle(a: StoryFacts, b: StoryFacts): boolean {
  if (a.titleKey === null || a.titleKey !== b.titleKey) return false;
  return a.firstDay !== null && b.firstDay !== null && daysBetween(a, b) <= CLOSE_DAYS;
}

/** Whether a text is so short that only an identical one can be its copy. */
export function isTiny(story: Story): boolean {
  return story.body.length < TINY_UNITS;
}

/** Days from the last possible day of one to the first of the other; 0 when a date is unknown. */
function daysBetween(a: StoryFacts, b: StoryFacts): number {
  if (a.firstDay === null || a.lastDay === null || b.firstDay === null || b.lastDay === null)
    return 0;
  return Math.max(0, a.firstDay - b.lastDay, b.firstDay - a.lastDay);
}

/** A short text, or one much shorter than the other, must be copied more faithfully. */
function wordsAgree(shorter: Story, longer: Story, containment: number, ratio: number): boolean {
  if (containment < LEAST_CONTAINMENT) return false;
  const shortness = Math.max(0, LONG - shorter.size) / LONG;
  const benefit = haveSameTitle(shorter, longer) ? 0.08 : 0;
  if (containment >= 0.75 + 0.2 * (1 - ratio) + 0.16 * shortness - benefit) return true;
  // Many single characters misread or changed, but hardly a word that is another.
  return ratio >= 0.6 && coveredPart(shorter.body, longer.shingles) >= 0.92 + 0.04 * shortness;
}

function isNearlyIdentical(a: Story, b: Story, shared: number): boolean {
  return shared / (a.size + b.size - shared) >= 0.9;
}

/** Daily figures, weather, rankings: the same sentences with other numbers are another story. */
function figuresAgree(shorter: Story, longer: Story): boolean {
  const { agreeing, differing } = compareFigures(shorter.figures, longer.figures);
  const allowed = Math.floor((agreeing + differing) / 4);
  // In a long text one corrected number among few is no sign.
  return differing <= Math.max(allowed, shorter.size >= LONG ? 1 : 0);
}

function parksAgree(shorter: Story, longer: Story, ratio: number): boolean {
  const [park, other] = [shorter.parks[0], longer.parks[0]];
  if (park === undefined || other === undefined || park === other) return true;
  // What the shorter one lost may be all that it said of the longer one's primary park.
  return longer.parks.includes(park) && (ratio < 0.8 || shorter.parks.includes(other));
}

function titlesAgree(shorter: Story, longer: Story, ratio: number): boolean {
  const conflicts = countTitleConflicts(shorter, longer);
  if (conflicts >= 2) return false;
  const reverse = countTitleConflicts(longer, shorter);
  if (conflicts === 1 && reverse >= 1) return false;
  // What the shorter one lost may be what the longer one's headline speaks of.
  return ratio < 0.8 || reverse < 2;
}

// A headline longer than this is a text gone astray, and the search below is not linear in it.
const LONGEST_TITLE = 100;

interface Titled {
  readonly title: string;
  readonly body: string;
}

/**
 * How many pairs of characters of the first headline, absent from the other headline, stand in the
 * first text at least twice as often as in the other; pairs that overlap count once. A copy under a
 * new headline has none, for the old headline speaks of what both texts say; 法文版出版 against
 * 俄文版出版 has.
 */
function countTitleConflicts(first: Titled, other: Titled): number {
  const title = first.title.slice(0, LONGEST_TITLE);
  let conflicts = 0;
  for (let at = 0; at + 2 <= title.length; at++) {
    const pair = title.slice(at, at + 2);
    if (other.title.includes(pair)) continue;
    const own = countOccurrences(first.body, pair);
    if (own === 0 || 2 * countOccurrences(other.body, pair) > own) continue;
    conflicts += 1;
    at += 1;
  }
  return conflicts;
}

function countOccurrences(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count++;
  return count;
}
