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

export interface SectionReading {
  /** Crossheads and text in reading order. */
  readonly blocks: readonly TypedBlock[];
  /** For each block that goes on in another: that other. */
  readonly next: ReadonlyMap<number, number>;
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
const NEW_COLUMN = { withSeam: 0.5, plain: 3, afterWholeSentence: 1.2 };
/** Going down to the next sections in the same column. */
const NEXT_BAND = 0.4;
/** A section left open is not gone on with although the reading goes on in it. */
const HANGING = 2;
/** A seam less likely than this is no seam. */
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
  readonly links: Links | null;
}

interface Links {
  readonly from: number;
  readonly to: number;
  readonly before: Links | null;
}

/** A block put into a section; carried out only when it is among the best. */
interface Placement {
  readonly state: State;
  readonly section: number;
  readonly continued: TypedBlock | null;
  readonly score: number;
}

/**
 * Returns the sections of one story, each in reading order, from its blocks in page order.
 *
 * A page is read column by column, but the sections of a long story lie in bands, one above the
 * other, each running through all columns. So one column shows a piece of every section in turn,
 * and going back to an earlier section means that a new column has begun. Beam search over the
 * section of each block.
 */
export function readSections(
  blocks: readonly TypedBlock[],
  evidence: SectionEvidence,
): SectionReading {
  const lead: Section = { crosshead: null, last: null, parks: new Set(), pieces: new Map() };
  let states: State[] = [{ score: 0, sections: [lead], current: 0, column: 0, links: null }];
  for (const block of blocks) {
    const isOpen = !endsSentence(block.text);
    states =
      block.kind === 'heading'
        ? states.map((state) => openSection(state, block, evidence))
        : states
            .flatMap((state) => placements(state, block, evidence))
            .sort((a, b) => b.score - a.score)
            .slice(0, BEAM)
            .map((placement) => carriedOut(placement, block, isOpen, evidence));
  }
  const finished = states.map((state) => ({ ...state, score: state.score - endCost(state) }));
  const best = finished.reduce((a, b) => (b.score > a.score ? b : a));
  const next = new Map<number, number>();
  for (let link = best.links; link !== null; link = link.before) next.set(link.from, link.to);
  return { blocks: best.sections.flatMap(blocksOf), next };
}

function blocksOf(section: Section): TypedBlock[] {
  const blocks: TypedBlock[] = [];
  for (let entry = section.last; entry !== null; entry = entry.before) blocks.push(entry.block);
  if (section.crosshead !== null) blocks.push(section.crosshead);
  return blocks.reverse();
}

function openSection(state: State, crosshead: TypedBlock, evidence: SectionEvidence): State {
  const parks = evidence.parks(crosshead.index);
  const section: Section = { crosshead, last: null, parks, pieces: new Map() };
  const sections = [...state.sections, section];
  return { ...state, sections, current: sections.length - 1 };
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
  const grown: Section = {
    ...section,
    parks,
    pieces,
    last: { block, isOpen, before: section.last },
  };
  const links =
    continued === null
      ? state.links
      : { from: continued.index, to: block.index, before: state.links };
  return {
    score: placement.score,
    sections: state.sections.with(number, grown),
    current: number,
    column,
    links,
  };
}

function moveCost(state: State, to: number, length: number, withSeam: boolean): number {
  const { current, sections } = state;
  // A sentence is left open where a column ends; the next column begins with the first section left open.
  const passed =
    withSeam || to < current ? sections.slice(0, to).filter(isLeftOpen).length * PASSED_OVER : 0;
  if (to < current) {
    const ended = isLeftOpen(sections[current]!) ? 0 : NEW_COLUMN.afterWholeSentence;
    return passed + ended + (withSeam ? NEW_COLUMN.withSeam : NEW_COLUMN.plain);
  }
  const { pieces } = sections[current]!;
  const height = pieces.get(state.column) ?? 0;
  const before = [...pieces]
    .filter(([column]) => column !== state.column)
    .map(([, length]) => length);
  if (before.length === 0) return passed + (to > current ? NEXT_BAND : 0);
  const usual = before.reduce((sum, piece) => sum + piece, 0) / before.length + 1;
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

function suitability(section: Section, block: TypedBlock, evidence: SectionEvidence): number {
  const { crosshead } = section;
  const says = crosshead === null ? 0 : evidence.says(block.index, crosshead.index);
  return (
    ALIKE_WEIGHT * likenessTo(section, block, evidence) +
    PARK_WEIGHT * sharesPark(section, block, evidence) +
    CROSSHEAD_WEIGHT * says
  );
}

function likenessTo(section: Section, block: TypedBlock, evidence: SectionEvidence): number {
  let [most, sum, count] = [0, 0, 0];
  for (let entry = section.last; entry !== null && count < RECENT; entry = entry.before) {
    const found = evidence.alike(entry.block.index, block.index);
    most = Math.max(most, found);
    sum += found;
    count++;
  }
  return count === 0 ? 0 : (most + sum / count) / 2;
}

/** 1 when the section names a park that the block names, −1 when both name parks and share none. */
function sharesPark(section: Section, block: TypedBlock, evidence: SectionEvidence): number {
  const wanted = evidence.parks(block.index);
  if (wanted.size === 0 || section.parks.size === 0) return 0;
  for (const park of wanted) if (section.parks.has(park)) return 1;
  return -1;
}
