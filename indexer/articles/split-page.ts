import type { Page } from '../readers/page.ts';
import type { Article, ArticlePart, SplitPage } from './article.ts';
import { joinPieces, pageBlocks, type Block } from './blocks.ts';
import { inlineBylines } from './bylines.ts';
import { classifyBlocks, headingGroupOf, type TypedBlock } from './classify-blocks.ts';
import { pageSubjects } from './cohesion.ts';
import { confidenceOf } from './confidence.ts';
import { recoverCutText } from './cut-fragments.ts';
import { blocksOf, firstBlock, headlinesAmong, judgeHeadings, type Headline } from './headlines.ts';
import type { ContinuationModel } from './continuation-model.ts';
import { continuationGains } from './continuations.ts';
import { splitStory } from './split-story.ts';
import { assignStories } from './stories.ts';
import { readingOrder, type ReadingOrder } from './story-order.ts';

/** A headline of these log odds is a story even when no text was found for it. */
const SURE = 2.2;
/** No printed page has more; finding its stories takes more than linear time. */
const MOST_BLOCKS = 600;
/** In blocks: from the first on a heading begins a new sheet, at the second anything does. */
const SHORT_SHEET = 150;
const LONG_SHEET = 450;

/**
 * Returns the articles of a page in the order of their headlines, and what belongs to none. Every non-space character
 * of `page.text` lies in exactly one part of one article or in one set-aside span. Never throws.
 */
export function splitPage(page: Page, model: ContinuationModel): SplitPage {
  if (page.layout === 'story') return splitStory(page);
  const sheets = sheetsOf(pageBlocks(page.text)).map((blocks) => splitSheet(page, blocks, model));
  return {
    articles: sheets.flatMap(({ articles }) => articles),
    setAside: sheets.flatMap(({ setAside }) => setAside),
  };
}

/** A printed page is one sheet; a text of thousands of blocks is no page, and is cut before its headings. */
function sheetsOf(blocks: readonly Block[]): Block[][] {
  if (blocks.length <= MOST_BLOCKS) return [[...blocks]];
  const sheets: Block[][] = [];
  for (const { kind, index } of classifyBlocks(blocks)) {
    const length = sheets.at(-1)?.length ?? LONG_SHEET;
    if (length >= LONG_SHEET || (length >= SHORT_SHEET && kind === 'heading')) sheets.push([]);
    sheets.at(-1)!.push(blocks[index]!);
  }
  return sheets;
}

function splitSheet(page: Page, sheet: readonly Block[], model: ContinuationModel): SplitPage {
  const classified = classifyBlocks(sheet);
  const texts = classified.map((block) => block.text);
  const subjects = pageSubjects(texts, headingGroupOf(classified), model);
  const blocks = recoverCutText(classified, model, subjects);
  const judged = judgeHeadings(blocks, subjects);
  const headlines = headlinesAmong(judged);
  const headed = new Set(headlines.flatMap(blocksOf));
  const gains = continuationGains(blocks, model, subjects, 'page');
  const continues = (from: number, to: number): number => gains.get(from)?.get(to) ?? -Infinity;
  const { labels, margins } = assignStories(blocks, headlines, continues, subjects, model);
  const textBlocks = blocks.filter((block) => block.kind === 'text').map((block) => block.index);
  const confidence = (headline: Headline | null, order: ReadingOrder): number => {
    const own = new Set(order.blocks.map((block) => block.index));
    const crossheads = judged.filter(({ headings }) => own.has(headings[0]!.index));
    const odds = crossheads.map((group) => group.odds);
    return confidenceOf(headline?.odds ?? null, odds, order, margins, textBlocks);
  };
  const articles: Article[] = [];
  const setAside: TypedBlock[] = [];
  // Without any headline all is one story, if it is any.
  const stories = headlines.length === 0 ? [null] : headlines;
  for (const [number, headline] of stories.entries()) {
    const story = headline === null ? -1 : number;
    const head = headline === null ? [] : blocksOf(headline);
    const own = blocks.filter(({ index }) => labels[index] === story && !headed.has(index));
    const running = own.filter(({ kind }) => kind === 'text' || kind === 'heading');
    const beside = own.filter((block) => !running.includes(block));
    const isStory =
      running.length > 0 ||
      (headline !== null && (headline.odds >= SURE || beside.some(isCaptionOrByline)));
    if (isStory) {
      const above = headline === null ? -1 : firstBlock(headline);
      const order = readingOrder(running, above, model, subjects);
      articles.push(
        buildArticle(page, blocks, headline, order, beside, confidence(headline, order)),
      );
      setAside.push(...own.filter((block) => block.kind === 'furniture'));
    } else setAside.push(...own, ...head.map((index) => blocks[index]!));
  }
  return {
    articles,
    setAside: setAside.map(({ start, end }) => ({ start, end })).sort((a, b) => a.start - b.start),
  };
}

function isCaptionOrByline({ kind }: TypedBlock): boolean {
  return kind === 'caption' || kind === 'quote' || kind === 'byline';
}

/**
 * The article that a headline, its running blocks in reading order and what stands beside them
 * (by-lines, captions, quotes; furniture is passed over) make.
 */
function buildArticle(
  page: Page,
  blocks: readonly TypedBlock[],
  headline: Headline | null,
  order: ReadingOrder,
  beside: readonly TypedBlock[],
  confidence: number,
): Article {
  const { kickers = [], titles = [], subtitles = [] } = headline ?? {};
  const headingText = (indexes: readonly number[]): string | null =>
    indexes.length === 0 ? null : indexes.map((index) => headingLines(blocks[index]!)).join(' ');
  const bylines = beside.filter(({ kind }) => kind === 'byline');
  const captions = beside.filter(({ kind }) => kind === 'caption' || kind === 'quote');
  const paragraphs = joinedParagraphs(order);
  const part = (role: ArticlePart['role'], { start, end }: TypedBlock): ArticlePart => ({
    role,
    start,
    end,
  });
  const heads = (role: ArticlePart['role'], indexes: readonly number[]): ArticlePart[] =>
    indexes.map((index) => part(role, blocks[index]!));
  return {
    page,
    title: headingText(titles) ?? page.metadata.title ?? order.blocks[0]?.text.slice(0, 40) ?? '',
    kicker: headingText(kickers),
    subtitle: headingText(subtitles),
    bylines: [...bylines.map(headingLines), ...paragraphs.flatMap(inlineBylines)],
    paragraphs,
    captions: captions.map(headingLines),
    parts: [
      ...heads('kicker', kickers),
      ...heads('title', titles),
      ...heads('subtitle', subtitles),
      ...bylines.map((block) => part('byline', block)),
      ...order.blocks.map((block) =>
        part(block.kind === 'heading' ? 'crosshead' : 'paragraph', block),
      ),
      ...captions.map((block) => part('caption', block)),
    ],
    confidence,
  };
}

/** Lines of a heading are read with a blank between them. */
function headingLines(block: TypedBlock): string {
  return block.lines.map((line) => line.text).join(' ');
}

function joinedParagraphs({ blocks, next }: ReadingOrder): string[] {
  const paragraphs: string[] = [];
  for (const [place, block] of blocks.entries()) {
    const before = blocks[place - 1];
    const continues = before !== undefined && next.get(before.index) === block.index;
    const text = block.kind === 'heading' ? headingLines(block) : block.text;
    paragraphs.push(continues ? joinPieces(paragraphs.pop() ?? '', text) : text);
  }
  return paragraphs;
}
