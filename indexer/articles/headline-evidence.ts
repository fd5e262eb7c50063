import { opensWithDateline } from './bylines.ts';
import type { TypedBlock } from './classify-blocks.ts';
import { addSubject, likeness, type Subject } from './cohesion.ts';
import { closesStory, endsSentence } from './sentence-shape.ts';

/** Heading blocks with nothing but by-lines, captions and furniture between them. */
export interface HeadingGroup {
  readonly headings: readonly TypedBlock[];
  readonly bylineFollows: boolean;
  readonly before: readonly TypedBlock[];
  readonly after: readonly TypedBlock[];
  readonly belowFurniture: boolean;
  /** A by-line stands right above, as at the end of another story. */
  readonly bylineAbove: boolean;
}
const NUMBERED =
  /^(?:第[一二三四五六七八九十][^届次批季期]|[一二三四五六七八九十]是|其[一二三四])/u;
/** Two phrases with a blank between. */
export const TWO_PHRASES = /[\u4e00-\u9fff”》][ \u3000][“《\u4e00-\u9fff]/u;
/** A park's name. */
export const PARK =
  /[\u4e00-\u9fff]{2,6}(?:高新区|经开区|开发区|综保区|综合保税区|保税港?区|新区|自贸区|自贸试验区|自由贸易|科技园|产业园|工业园区?|示范区|科学城|软件园|合作区|园区)/u;
/** What speaks for a group of headings opening a story rather than a section of the story above. */
export interface HeadlineEvidence {
  readonly firstOnPage: number;
  readonly bylineBelow: number;
  /** The text below begins `本报讯` and the like. */
  readonly dateline: number;
  /** A line that begins with a dash stands below, as a sub-headline does. */
  readonly dashBelow: number;
  /** The first words below tell a day or how the paper learnt of it. */
  readonly newsOpening: number;
  /** It names a park that no text since the last headline names. */
  readonly newPark: number;
  readonly knownPark: number;
  /** −1 to 1 for ten to eighteen characters. */
  readonly length: number;
  /** `地名：…`, as headlines of briefs are made. */
  readonly colon: number;
  /** Two phrases with a blank between, as headlines are set. */
  readonly twoPhrases: number;
  readonly severalHeadings: number;
  readonly numbered: number;
  /** Cosine of the text below with the likest story above. */
  readonly likeAbove: number;
  /** How much of it the first text below says again, 0–1. */
  readonly saidBelow: number;
  /** How much of it the story above says, 0–1. */
  readonly saidAbove: number;
  /** The story above ends with a by-line or a closing remark. */
  readonly afterClose: number;
  /** It stands below a column's name or the page's head. */
  readonly belowFurniture: number;
  /** The text above breaks off, so this may stand at a column's top. */
  readonly afterOpenEnd: number;
}

/**
 * A logistic regression on the headings of jumbled pages (held out from the seam model) and of our
 * sample pages, rounded; the base is set higher, as a headline missed costs a whole story.
 */
const WEIGHTS: HeadlineEvidence = {
  firstOnPage: 3.1,
  bylineBelow: 5.2,
  dateline: 5.3,
  dashBelow: 4,
  newsOpening: 1.7,
  newPark: 3,
  knownPark: 0.3,
  length: 1.7,
  colon: 1.8,
  twoPhrases: 1.7,
  severalHeadings: -0.8,
  numbered: -1,
  likeAbove: -16.5,
  saidBelow: 2.7,
  saidAbove: -1.6,
  afterClose: 1.5,
  belowFurniture: 2,
  afterOpenEnd: -0.2,
};
const BASE = -1;
const NAMES = Object.keys(WEIGHTS) as (keyof HeadlineEvidence)[];

/** Returns the log odds that a group of headings opens a story. */
export function headlineOdds(evidence: HeadlineEvidence): number {
  return NAMES.reduce((sum, name) => sum + WEIGHTS[name] * evidence[name], BASE);
}

/** Returns the evidence of a group, given the stories above it on the page. */
export function headlineEvidence(
  group: HeadingGroup,
  subjects: readonly Subject[],
  above: readonly { readonly subject: Subject; readonly text: string }[],
): HeadlineEvidence {
  const text = group.headings.map((heading) => heading.text).join(' ');
  const opening = group.after[0]?.text ?? '';
  const park = PARK.exec(text)?.[0];
  const known =
    park !== undefined && (above[above.length - 1]?.text.includes(park.slice(-5)) ?? false);
  const longest = Math.max(...group.headings.map((heading) => heading.text.length));
  const last = group.before[group.before.length - 1];
  const dash = group.headings.slice(1).some((heading) => /^[—-]{1,2}/.test(heading.text));
  const below = new Map<string, number>();
  for (const block of group.after) addSubject(below, subjects[block.index]!);
  const yes = (condition: boolean): number => (condition ? 1 : 0);
  return {
    firstOnPage: yes(above.length === 0),
    bylineBelow: yes(group.bylineFollows),
    dateline: yes(opensWithDateline(opening)),
    dashBelow: yes(dash),
    newsOpening: yes(
      /^.{0,60}?(?:日前|近日|\d{1,2}日|获悉|今年以来|昨日|昨天|今[天日](?:[（(上下])|在京|当地时间)/u.test(
        opening,
      ),
    ),
    newPark: yes(park !== undefined && !known),
    knownPark: yes(known),
    length: Math.max(-1, Math.min(1, (longest - 14) / 4)),
    colon: yes(/^[\u4e00-\u9fff]{2,9}[:：]/u.test(text) && !NUMBERED.test(text)),
    twoPhrases: yes(TWO_PHRASES.test(text)),
    severalHeadings: yes(group.headings.length > 1),
    numbered: yes(NUMBERED.test(text)),
    likeAbove: Math.max(0, ...above.map((story) => likeness(below, story.subject))),
    saidBelow: share(pairsOf(text), pairsOf(opening.slice(0, 120))),
    saidAbove: share(pairsOf(text), pairsOf(above[above.length - 1]?.text ?? '')),
    afterClose: yes(last !== undefined && (closesStory(last.text) || group.bylineAbove)),
    belowFurniture: yes(group.belowFurniture),
    afterOpenEnd: yes(last !== undefined && !endsSentence(last.text)),
  };
}
function pairsOf(text: string): Set<string> {
  const letters = text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
  return new Set(
    Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2)),
  );
}

function share(of: ReadonlySet<string>, within: ReadonlySet<string>): number {
  let found = 0;
  for (const pair of of) if (within.has(pair)) found++;
  return of.size === 0 ? 0 : found / of.size;
}
