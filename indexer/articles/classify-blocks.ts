import type { Block } from './blocks.ts';
import { areNames, isByline, opensWithDateline } from './bylines.ts';
import { isFurniture } from './furniture.ts';
import { isCredit, isMarkedCaption, mayBeCaption, pullQuotes } from './captions.ts';
import { beginsWithClosingMark, endsSentence, readsLikeSentences } from './sentence-shape.ts';

/** What a block is by its own looks; whether a heading opens a story is told later, from its surroundings. */
type BlockKind = 'text' | 'heading' | 'byline' | 'caption' | 'quote' | 'furniture';

export interface TypedBlock extends Block {
  readonly index: number;
  readonly kind: BlockKind;
}

/** Returns the blocks with their kind, in page order. */
export function classifyBlocks(blocks: readonly Block[]): TypedBlock[] {
  const kinds = blocks.map((block) => kindByLooks(block));
  const quotes = pullQuotes(blocks, (index) => {
    const kind = kinds[index];
    // A name alone below a quotation looks like a by-line.
    if (kind === 'byline' && !isByline(blocks[index]!.text)) return 'heading';
    return kind === 'text' || kind === 'heading' ? kind : 'other';
  });
  for (const index of quotes) kinds[index] = 'quote';
  for (const [index, block] of blocks.entries()) {
    const creditFollows = blocks[index + 1] !== undefined && isCredit(blocks[index + 1]!.text);
    const free = kinds[index] === 'text' || kinds[index] === 'heading';
    if (free && creditFollows && mayBeCaption(block.text) && !opensWithDateline(block.text)) {
      kinds[index] = 'caption';
    }
  }
  for (const index of blocks.keys()) if (isPhotoStory(blocks, kinds, index)) kinds[index] = 'text';
  return blocks.map((block, index) => ({ ...block, index, kind: kinds[index]! }));
}

/** A caption that stands alone below a headline is the whole text of a photo story. */
function isPhotoStory(
  blocks: readonly Block[],
  kinds: readonly BlockKind[],
  index: number,
): boolean {
  const { text } = blocks[index]!;
  if (kinds[index] !== 'caption' || text.length < 24 || kinds[index - 1] !== 'heading')
    return false;
  let next = index + 1;
  while (next < blocks.length && isCredit(blocks[next]!.text)) next++;
  return next === blocks.length || kinds[next] === 'heading' || kinds[next] === 'furniture';
}

function kindByLooks(block: Block): BlockKind {
  const { text } = block;
  if (isByline(text) || block.lines.every((line) => isByline(line.text))) return 'byline';
  if (isCredit(text) || isMarkedCaption(text)) return 'caption';
  if (isFurniture(text)) return 'furniture';
  if (areNames(text)) return 'byline';
  return isHeading(block) ? 'heading' : 'text';
}

function isHeading(block: Block): boolean {
  const { text } = block;
  const commas = text.match(/[，,]/g)?.length ?? 0;
  if (commas > 2 || (commas === 2 && text.length > 26) || (commas === 1 && text.length > 40))
    return false;
  if (text.length > 66 || block.lines.length > 4 || beginsWithClosingMark(text)) return false;
  if (/[。；;…]/.test(text.slice(-2)) || /[，,、：:的和与及]$/.test(text)) return false;
  if (opensWithDateline(text) || readsLikeSentences(text)) return false;
  // A question or an exclamation heads a text; a statement that ends is text.
  return !endsSentence(text) || /[！？!?]["”’]?$/.test(text);
}

/** Returns for each block the number of headings above it on the page. */
export function headingGroupOf(blocks: readonly TypedBlock[]): number[] {
  let group = 0;
  return blocks.map((block) => (block.kind === 'heading' ? ++group : group));
}
