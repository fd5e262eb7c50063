import { opensWithDateline } from './bylines.ts';
import type { TypedBlock } from './classify-blocks.ts';
import { addSubject, likeness, type Subject } from './cohesion.ts';
import { logOdds, type EvidenceOf } from './evidence.ts';
import { closesStory, endsSentence } from './sentence-shape.ts';

/** A story's head: the blocks of its headline, those above (引题) and below (副题). */
export interface Headline {
  readonly kickers: readonly number[];
  readonly titles: readonly number[];
  readonly subtitles: readonly number[];
  /** Log odds that a story begins here. */
  readonly odds: number;
}

/** Heading blocks with nothing but by-lines, captions and furniture between them. */
interface HeadingGroup {
  readonly headings: readonly TypedBlock[];
  readonly bylineFollows: boolean;
  readonly before: readonly TypedBlock[];
  readonly after: readonly TypedBlock[];
  readonly belowFurniture: boolean;
  /** A by-line stands right above, as at the end of another story. */
  readonly bylineAbove: boolean;
}

/** What the text of a story above a heading says. */
interface StoryAbove {
  readonly subject: Map<string, number>;
  text: string;
}

const NUMBERED =
  /^(?:第[一二三四五六七八九十][^届次批季期]|[一二三四五六七八九十]是|其[一二三四])/u;
/** Two phrases with a blank between. */
const TWO_PHRASES = /[\u4e00-\u9fff”》][ \u3000][“《\u4e00-\u9fff]/u;
/** A park's name. */
const PARK =
  /[\u4e00-\u9fff]{2,6}(?:高新区|经开区|开发区|综保区|综合保税区|保税港?区|新区|自贸区|自贸试验区|自由贸易|科技园|产业园|工业园区?|示范区|科学城|软件园|合作区|园区)/u;
/** The number of a piece in a series stands above its headline. */
const SERIES = /^[【[（(]?.{2,10}(?:系列报道|[之（(][一二三四五六七八九十\d]+[)）]?|[①-⑳])/u;
/** As a sub-headline begins. */
const DASH = /^[—-]{1,2}/;
const NEWS_OPENING =
  /^.{0,60}?(?:日前|近日|\d{1,2}日|获悉|今年以来|昨日|昨天|今[天日](?:[（(上下])|在京|当地时间)/u;

/**
 * What speaks for a group of headings opening a story rather than a section of the story above: a logistic
 * regression on the headings of jumbled pages (held out from the continuation model) and of our sample pages,
 * rounded; the base is set higher, as a headline missed costs a whole story.
 */
const WEIGHTS = {
  firstOnPage: 3.1,
  bylineBelow: 5.2,
  /** The text below begins `本报讯` and the like. */
  dateline: 5.3,
  /** A line that begins with a dash stands below, as a sub-headline does. */
  dashBelow: 4,
  /** The first words below tell a day or how the paper learnt of it. */
  newsOpening: 1.7,
  /** It names a park that no text since the last headline names. */
  newPark: 3,
  knownPark: 0.3,
  /** −1 to 1 for ten to eighteen characters. */
  length: 1.7,
  /** `地名：…`, as headlines of briefs are made. */
  colon: 1.8,
  /** Two phrases with a blank between, as headlines are set. */
  twoPhrases: 1.7,
  severalHeadings: -0.8,
  numbered: -1,
  /** Cosine of the text below with the likest story above. */
  likeAbove: -16.5,
  /** How much of it the first text below says again, 0–1. */
  saidBelow: 2.7,
  /** How much of it the story above says, 0–1. */
  saidAbove: -1.6,
  /** The story above ends with a by-line or a closing remark. */
  afterClose: 1.5,
  /** It stands below a column's name or the page's head. */
  belowFurniture: 2,
  /** The text above breaks off, so this may stand at a column's top. */
  afterOpenEnd: -0.2,
};
const BASE = -1;

/** Returns every group of headings with the log odds that it opens a story. */
export function judgeHeadings(
  blocks: readonly TypedBlock[],
  subjects: readonly Subject[],
): { readonly headings: readonly TypedBlock[]; readonly odds: number }[] {
  const above: StoryAbove[] = [];
  return headingGroups(blocks).map((group) => {
    if (group.before.length > 0 && above.length === 0) above.push({ subject: new Map(), text: '' });
    const open = above.at(-1);
    for (const block of group.before) {
      addSubject(open!.subject, subjects[block.index]!);
      open!.text += block.text;
    }
    const odds = logOdds(WEIGHTS, evidenceFor(group, subjects, above), BASE);
    if (odds > 0) above.push({ subject: new Map(), text: '' });
    return { headings: group.headings, odds };
  });
}

/** Returns the headlines among judged headings in page order; headings that are left are crossheads. */
export function headlinesAmong(judged: ReturnType<typeof judgeHeadings>): Headline[] {
  return judged
    .filter(({ odds }) => odds > 0)
    .map(({ headings, odds }) => ({ ...rolesInGroup(headings), odds }));
}

/** The block with which a headline begins. */
export function firstBlock(headline: Headline): number {
  return Math.min(...blocksOf(headline));
}

/** The blocks of a headline, from above. */
export function blocksOf({ kickers, titles, subtitles }: Headline): number[] {
  return [...kickers, ...titles, ...subtitles];
}

function headingGroups(blocks: readonly TypedBlock[]): HeadingGroup[] {
  const groups: HeadingGroup[] = [];
  let before: TypedBlock[] = [];
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at]!;
    if (block.kind === 'text') before.push(block);
    if (block.kind !== 'heading') continue;
    const headings = [block];
    let bylineFollows = false;
    let next = at + 1;
    for (; next < blocks.length; next++) {
      const following = blocks[next]!;
      if (following.kind === 'text' || following.kind === 'furniture') break;
      if (following.kind === 'heading') {
        if (bylineFollows && !DASH.test(following.text)) break;
        headings.push(following);
      } else if (following.kind === 'byline') bylineFollows = true;
    }
    const after: TypedBlock[] = [];
    for (let i = next; i < blocks.length && after.length < 6; i++) {
      if (blocks[i]!.kind === 'heading' && (after.length > 0 || !bylineFollows)) break;
      if (blocks[i]!.kind === 'text') after.push(blocks[i]!);
    }
    const belowFurniture = blocks[at - 1]?.kind === 'furniture';
    const bylineAbove = blocks[at - 1]?.kind === 'byline' && before.length > 0;
    groups.push({ headings, bylineFollows, before, after, belowFurniture, bylineAbove });
    before = [];
    at = next - 1;
  }
  return groups;
}

function evidenceFor(
  group: HeadingGroup,
  subjects: readonly Subject[],
  above: readonly StoryAbove[],
): EvidenceOf<typeof WEIGHTS> {
  const text = group.headings.map((heading) => heading.text).join(' ');
  const opening = group.after[0]?.text ?? '';
  const textAbove = above.at(-1)?.text ?? '';
  const park = PARK.exec(text)?.[0];
  const isKnown = park !== undefined && textAbove.includes(park.slice(-5));
  const longest = Math.max(...group.headings.map((heading) => heading.text.length));
  const last = group.before.at(-1);
  const below = new Map<string, number>();
  for (const block of group.after) addSubject(below, subjects[block.index]!);
  return {
    firstOnPage: Number(above.length === 0),
    bylineBelow: Number(group.bylineFollows),
    dateline: Number(opensWithDateline(opening)),
    dashBelow: Number(group.headings.slice(1).some((heading) => DASH.test(heading.text))),
    newsOpening: Number(NEWS_OPENING.test(opening)),
    newPark: Number(park !== undefined && !isKnown),
    knownPark: Number(isKnown),
    length: Math.max(-1, Math.min(1, (longest - 14) / 4)),
    colon: Number(/^[\u4e00-\u9fff]{2,9}[:：]/u.test(text) && !NUMBERED.test(text)),
    twoPhrases: Number(TWO_PHRASES.test(text)),
    severalHeadings: Number(group.headings.length > 1),
    numbered: Number(NUMBERED.test(text)),
    likeAbove: Math.max(0, ...above.map((story) => likeness(below, story.subject))),
    saidBelow: sharedPairs(text, opening.slice(0, 120)),
    saidAbove: sharedPairs(text, textAbove),
    afterClose: Number(last !== undefined && (closesStory(last.text) || group.bylineAbove)),
    belowFurniture: Number(group.belowFurniture),
    afterOpenEnd: Number(last !== undefined && !endsSentence(last.text)),
  };
}

/** How many of a text's pairs of letters stand in another, 0–1. */
function sharedPairs(text: string, other: string): number {
  const [pairs, within] = [pairsOf(text), pairsOf(other)];
  const found = [...pairs].filter((pair) => within.has(pair)).length;
  return pairs.size === 0 ? 0 : found / pairs.size;
}

function pairsOf(text: string): Set<string> {
  const letters = text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .split('');
  return new Set(letters.slice(1).map((letter, at) => letters[at]! + letter));
}

function rolesInGroup(headings: readonly TypedBlock[]): Omit<Headline, 'odds'> {
  const weights = headings.map(({ text }, place) => {
    let weight = Math.min(text.length, 26) / 10 + place * 0.1;
    if (PARK.test(text)) weight += 1.5;
    if (TWO_PHRASES.test(text)) weight += 0.7;
    if (/[:：]/.test(text)) weight += 0.3;
    if (DASH.test(text)) weight -= 5;
    if (SERIES.test(text)) weight -= 2;
    return weight;
  });
  const indexes = headings.map((heading) => heading.index);
  const best = weights.indexOf(Math.max(...weights));
  return {
    kickers: indexes.slice(0, best),
    titles: indexes.slice(best, best + 1),
    subtitles: indexes.slice(best + 1),
  };
}
