import type { Page } from '../readers/page.ts';
import type { Article, ArticlePart } from './article.ts';
import { joinPieces } from './blocks.ts';
import { inlineBylines } from './bylines.ts';
import type { TypedBlock } from './classify-blocks.ts';
import type { Headline } from './headlines.ts';
import type { ReadingOrder } from './story-order.ts';

/**
 * Returns the article that a headline, its running blocks in reading order and what stands beside
 * them (by-lines, captions, quotes; furniture is passed over) make.
 */
export function buildArticle(
  page: Page,
  blocks: readonly TypedBlock[],
  headline: Headline | null,
  order: ReadingOrder,
  beside: readonly TypedBlock[],
  confidence: number,
): Article {
  const headingText = (indexes: readonly number[]): string | null =>
    indexes.length === 0 ? null : indexes.map((index) => headingLines(blocks[index]!)).join(' ');
  const bylines = beside.filter((block) => block.kind === 'byline');
  const captions = beside.filter((block) => block.kind === 'caption' || block.kind === 'quote');
  const ordered = order.blocks;
  const paragraphs = joinedParagraphs(order);
  const firstLine = ordered[0]?.text.slice(0, 40) ?? '';
  const title =
    headline === null ? (page.metadata.title ?? firstLine) : headingText(headline.titles)!;
  return {
    page,
    title,
    kicker: headingText(headline?.kickers ?? []),
    subtitle: headingText(headline?.subtitles ?? []),
    bylines: [...bylines.map(headingLines), ...paragraphs.flatMap(inlineBylines)],
    paragraphs,
    captions: captions.map(headingLines),
    parts: partsOf(blocks, headline, ordered, bylines, captions),
    confidence,
  };
}

/** Lines of a heading are read with a blank between them. */
function headingLines(block: TypedBlock): string {
  return block.lines.map((line) => line.text).join(' ');
}

function joinedParagraphs({ blocks: ordered, next }: ReadingOrder): string[] {
  const paragraphs: string[] = [];
  for (const [place, block] of ordered.entries()) {
    const before = ordered[place - 1];
    const continues = before !== undefined && next.get(before.index) === block.index;
    const text = block.kind === 'heading' ? headingLines(block) : block.text;
    if (continues) paragraphs.push(joinPieces(paragraphs.pop() ?? '', text));
    else paragraphs.push(text);
  }
  return paragraphs;
}

function partsOf(
  blocks: readonly TypedBlock[],
  headline: Headline | null,
  ordered: readonly TypedBlock[],
  bylines: readonly TypedBlock[],
  captions: readonly TypedBlock[],
): ArticlePart[] {
  const part = (role: ArticlePart['role'], { start, end }: TypedBlock): ArticlePart => ({
    role,
    start,
    end,
  });
  const heads = (role: ArticlePart['role'], indexes: readonly number[]): ArticlePart[] =>
    indexes.map((index) => part(role, blocks[index]!));
  return [
    ...heads('kicker', headline?.kickers ?? []),
    ...heads('title', headline?.titles ?? []),
    ...heads('subtitle', headline?.subtitles ?? []),
    ...bylines.map((block) => part('byline', block)),
    ...ordered.map((block) => part(block.kind === 'heading' ? 'crosshead' : 'paragraph', block)),
    ...captions.map((block) => part('caption', block)),
  ];
}
