import type { TypedBlock } from './classify-blocks.ts';
import { endsSentence } from './sentence-shape.ts';

/** What tells where in a story a block belongs; in units of log odds. */
export interface SectionEvidence {
  /** How much the second block looks like the continuation of the first; −Infinity when it cannot be. */
  readonly continues: (from: number, to: number) => number;
  /** 0–1: how alike the subjects of two blocks are. */
  readonly alike: (first: number, second: number) => number;
  /** 0–1: how much of a crosshead's subject a block has. */
  readonly says: (block: number, crosshead: number) => number;
  /** The parks that a block names. */
  readonly parks: (block: number) => ReadonlySet<string>;
}

/** A block of a section, linked to the one read before it. */
interface Entry {
  readonly block: TypedBlock;
  /** Whether its sentence goes on elsewhere. */
  readonly isOpen: boolean;
  readonly before: Entry | null;
}

/** A crosshead (or the lead, which has none) with its blocks in reading order. */
interface Section {
  readonly crosshead: TypedBlock | null;
  readonly last: Entry | null;
  readonly parks: ReadonlySet<string>;
  /** Length in characters of the piece that each column holds, by the column's number. */
  readonly pieces: ReadonlyMap<number, number>;
}

const BEAM = 40;
/** Only so many of a section's last blocks are compared, so that time stays linear. */
const RECENT = 6;
/** A story of more sections than this is a page of lists; only the last ones are tried. */
const SECTIONS_TRIED = 10;
const ALIKE_WEIGHT = 5;
const PARK_WEIGHT = 0.8;
const CROSSHEAD_WEIGHT = 2.5;
/** Going back to an earlier section, at the top of a new column; with an open sentence taken up there, and without. */
const NEW_COLUMN = { withContinuation: 0.5, plain: 3, afterWholeSentence: 1.2 };
/** Going down to the next sections in the same column. */
const NEXT_BAND = 0.4;
/** A section left open is not gone on with although the reading goes on in it. */
const HANGING = 2;
/** A continuation less likely than this is none. */
const LEAST_GAIN = -1;
/** A section above, left open in the column before, is passed over. */
const PASSED_OVER = 2.5;
/** The last column ends in another section than the story. */
const ENDS_ELSEWHERE = 1.5;
/** Weight of the rule that a band's columns are of one height. */
const EVEN_COLUMNS = 0.8;

interface State {
  readonly score: number;
  readonly sections: readonly Section[];
  readonly current: number;
  readonly column: number;
  readonly links: Link | null;
}

/** A block that goes on in another, and the link made before this one. */
interface Link {
  readonly from: number;
  readonly to: number;
  readonly before: Link | null;
}

/** A block put into a section; carried out only when it is among the best. */
interface Placement {
  readonly state: State;
  readonly section: number;
  readonly continued: TypedBlock | null;
  readonly score: number;
}

/**
 * Returns the crossheads and text of one story in reading order, from its blocks in page order, and for each block
 * that goes on in another that other.
 *
 * A page is read column by column, but the sections of a long story lie in bands, one above the other, each running
 * through all columns. So one column shows a piece of every section in turn, and going back to an earlier section
 * means that a new column has begun. Beam search over the section of each block.
 */
export function readSections(
  blocks: readonly TypedBlock[],
  evidence: SectionEvidence,
): { readonly blocks: readonly TypedBlock[]; readonly next: ReadonlyMap<number, number> } {
  const lead = emptySection(null, new Set());
  let states: State[] = [{ score: 0, sections: [lead], current: 0, column: 0, links: null }];
  for (const block of blocks) {
    const isOpen = !endsSentence(block.text);
    states =
      block.kind === 'heading'
        ? states.map((state) => ({
            ...state,
            sections: [...state.sections, emptySection(block, evidence.parks(block.index))],
            current: state.sections.length,
          }))
        : states
            .flatMap((state) => placements(state, block, evidence))
            .sort((a, b) => b.score - a.score)
            .slice(0, BEAM)
            .map((placement) => carriedOut(placement, block, isOpen, evidence));
  }
  const scores = states.map((state) => state.score - endCost(state));
  const best = states[scores.indexOf(Math.max(...scores))]!;
  const next = new Map<number, number>();
  for (let link = best.links; link !== null; link = link.before) next.set(link.from, link.to);
  return { blocks: best.sections.flatMap(blocksOf), next };
}

function emptySection(crosshead: TypedBlock | null, parks: ReadonlySet<string>): Section {
  return { crosshead, last: null, parks, pieces: new Map() };
}

function blocksOf(section: Section): TypedBlock[] {
  const blocks: TypedBlock[] = [];
  for (let entry = section.last; entry !== null; entry = entry.before) blocks.push(entry.block);
  if (section.crosshead !== null) blocks.push(section.crosshead);
  return blocks.reverse();
}

function placements(state: State, block: TypedBlock, evidence: SectionEvidence): Placement[] {
  const first = Math.max(0, state.sections.length - SECTIONS_TRIED);
  const results: Placement[] = [];
  for (let number = first; number < state.sections.length; number++) {
    const section = state.sections[number]!;
    const last = section.last?.block ?? null;
    const isOpen = isLeftOpen(section);
    const suits = state.score + suitability(section, block, evidence);
    const plain = moveCost(state, number, block.text.length, false) + (isOpen ? HANGING : 0);
    results.push({ state, section: number, continued: null, score: suits - plain });
    const gain = isOpen ? evidence.continues(last!.index, block.index) : -Infinity;
    if (gain < LEAST_GAIN) continue;
    const moved = moveCost(state, number, block.text.length, true);
    results.push({ state, section: number, continued: last, score: suits + gain - moved });
  }
  return results;
}

function carriedOut(
  placement: Placement,
  block: TypedBlock,
  isOpen: boolean,
  evidence: SectionEvidence,
): State {
  const { state, section: number, continued } = placement;
  const section = state.sections[number]!;
  const column = state.column + (number < state.current ? 1 : 0);
  const pieces = new Map(section.pieces);
  pieces.set(column, (pieces.get(column) ?? 0) + block.text.length);
  const added = evidence.parks(block.index);
  const parks = added.size === 0 ? section.parks : new Set([...section.parks, ...added]);
  const last = { block, isOpen, before: section.last };
  const sections = state.sections.with(number, { ...section, parks, pieces, last });
  const { links: before } = state;
  const links = continued === null ? before : { from: continued.index, to: block.index, before };
  return { score: placement.score, sections, current: number, column, links };
}

function moveCost(state: State, to: number, length: number, withContinuation: boolean): number {
  const { current, sections } = state;
  // A sentence is left open where a column ends; the next column begins with the first section left open.
  const passed =
    withContinuation || to < current
      ? sections.slice(0, to).filter(isLeftOpen).length * PASSED_OVER
      : 0;
  if (to < current) {
    const ended = isLeftOpen(sections[current]!) ? 0 : NEW_COLUMN.afterWholeSentence;
    return passed + ended + (withContinuation ? NEW_COLUMN.withContinuation : NEW_COLUMN.plain);
  }
  const { pieces } = sections[current]!;
  const height = pieces.get(state.column) ?? 0;
  const before = [...pieces].filter(([column]) => column !== state.column);
  if (before.length === 0) return passed + (to > current ? NEXT_BAND : 0);
  const usual = before.reduce((sum, [, piece]) => sum + piece, 0) / before.length + 1;
  if (to > current)
    return passed + NEXT_BAND + EVEN_COLUMNS * Math.max(0, Math.log(usual / (height + 1)));
  const tooHigh = (now: number): number => Math.max(0, Math.log((now + 1) / usual));
  return passed + EVEN_COLUMNS * (tooHigh(height + length) - tooHigh(height));
}

function isLeftOpen(section: Section): boolean {
  return section.last?.isOpen === true;
}

function endCost(state: State): number {
  const hanging = state.sections.filter(isLeftOpen).length * HANGING;
  return hanging + (state.current === state.sections.length - 1 ? 0 : ENDS_ELSEWHERE);
}

function suitability(section: Section, { index }: TypedBlock, evidence: SectionEvidence): number {
  const { crosshead } = section;
  let [most, sum, count] = [0, 0, 0];
  for (let entry = section.last; entry !== null && count < RECENT; entry = entry.before) {
    const found = evidence.alike(entry.block.index, index);
    most = Math.max(most, found);
    sum += found;
    count++;
  }
  return (
    ALIKE_WEIGHT * (count === 0 ? 0 : (most + sum / count) / 2) +
    PARK_WEIGHT * sharesPark(section.parks, evidence.parks(index)) +
    CROSSHEAD_WEIGHT * (crosshead === null ? 0 : evidence.says(index, crosshead.index))
  );
}

/** 1 when a section names a park that a block names, −1 when both name parks and share none. */
function sharesPark(section: ReadonlySet<string>, block: ReadonlySet<string>): number {
  if (block.size === 0 || section.size === 0) return 0;
  return [...block].some((park) => section.has(park)) ? 1 : -1;
}
