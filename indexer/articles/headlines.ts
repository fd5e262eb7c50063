import type { TypedBlock } from './classify-blocks.ts';
import { addSubject, type Subject } from './cohesion.ts';
import {
  headlineEvidence,
  headlineOdds,
  PARK,
  TWO_PHRASES,
  type HeadingGroup,
  type HeadlineEvidence,
} from './headline-evidence.ts';

/** A story's head: the blocks of its headline, those above (引题) and below (副题). */
export interface Headline {
  readonly kickers: readonly number[];
  readonly titles: readonly number[];
  readonly subtitles: readonly number[];
  /** Log odds that a story begins here. */
  readonly odds: number;
}
/** The number of a piece in a series stands above its headline. */
const SERIES = /^[【[（(]?.{2,10}(?:系列报道|[之（(][一二三四五六七八九十\d]+[)）]?|[①-⑳])/u;

/** A group of headings with the evidence and the verdict. */
export interface JudgedHeadings {
  readonly headings: readonly TypedBlock[];
  readonly evidence: HeadlineEvidence;
  readonly odds: number;
}
/** Returns the headlines among judged headings in page order; headings that are left are crossheads. */
export function headlinesAmong(judged: readonly JudgedHeadings[]): Headline[] {
  return judged
    .filter(({ odds }) => odds > 0)
    .map(({ headings, odds }) => ({ ...rolesInGroup(headings), odds }));
}
/** Returns every group of headings with the log odds that it opens a story. */
export function judgeHeadings(
  blocks: readonly TypedBlock[],
  subjects: readonly Subject[],
): JudgedHeadings[] {
  const storiesAbove: { subject: Map<string, number>; text: string }[] = [];
  return headingGroups(blocks).map((group) => {
    if (group.before.length > 0 && storiesAbove.length === 0)
      storiesAbove.push({ subject: new Map(), text: '' });
    const open = storiesAbove[storiesAbove.length - 1];
    for (const block of group.before) {
      addSubject(open!.subject, subjects[block.index]!);
      open!.text += block.text;
    }
    const evidence = headlineEvidence(group, subjects, storiesAbove);
    const odds = headlineOdds(evidence);
    if (odds > 0) storiesAbove.push({ subject: new Map(), text: '' });
    return { headings: group.headings, evidence, odds };
  });
}
/** The block with which a headline begins. */
export function firstBlock(headline: Headline): number {
  return Math.min(...headline.kickers, ...headline.titles, ...headline.subtitles);
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
        if (bylineFollows && !/^[—-]{1,2}/.test(following.text)) break;
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
function rolesInGroup(
  headings: readonly TypedBlock[],
): Pick<Headline, 'kickers' | 'titles' | 'subtitles'> {
  const weights = headings.map((heading, place) => {
    let weight = Math.min(heading.text.length, 26) / 10 + place * 0.1;
    if (PARK.test(heading.text)) weight += 1.5;
    if (TWO_PHRASES.test(heading.text)) weight += 0.7;
    if (/[:：]/.test(heading.text)) weight += 0.3;
    if (/^[—-]{1,2}/.test(heading.text)) weight -= 5;
    if (SERIES.test(heading.text)) weight -= 2;
    return weight;
  });
  const best = weights.indexOf(Math.max(...weights));
  return {
    kickers: headings.slice(0, best).map((heading) => heading.index),
    titles: [headings[best]!.index],
    subtitles: headings.slice(best + 1).map((heading) => heading.index),
  };
}
