import type { Page } from '../readers/page.ts';
import type { Article, SplitPage } from './article.ts';
import { buildArticle } from './build-article.ts';
import { pageBlocks, type Block } from './blocks.ts';
import { classifyBlocks, headingGroupOf, type TypedBlock } from './classify-blocks.ts';
import { pageSubjects } from './cohesion.ts';
import { confidenceEvidence, confidenceOf } from './confidence.ts';
import { recoverCutText } from './cut-fragments.ts';
import { firstBlock, headlinesAmong, judgeHeadings, type Headline } from './headlines.ts';
import type { SeamModel } from './seam-model.ts';
import { seamGains } from './seams.ts';
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
 * Returns the articles of a page in the order of their headlines, and what belongs to none. Every
 * non-space character of `page.text` lies in exactly one part of one article or in one set-aside
 * span. Never throws.
 */
export function splitPage(page: Page, model: SeamModel): SplitPage {
  return page.layout === 'story' ? splitStory(page) : splitNewspaper(page, model);
}

function splitNewspaper(page: Page, model: SeamModel): SplitPage {
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

function splitSheet(page: Page, sheet: readonly Block[], model: SeamModel): SplitPage {
  const classified = classifyBlocks(sheet);
  const texts = classified.map((block) => block.text);
  const subjects = pageSubjects(texts, headingGroupOf(classified), model);
  const blocks = recoverCutText(classified, model, subjects);
  const judged = judgeHeadings(blocks, subjects);
  const headlines = headlinesAmong(judged);
  const heads = headlines.map((h) => new Set([...h.kickers, ...h.titles, ...h.subtitles]));
  const headed = new Set(heads.flatMap((head) => [...head]));
  const gains = seamGains(blocks, model, subjects, 'page');
  const continues = (from: number, to: number): number => gains.get(from)?.get(to) ?? -Infinity;
  const { labels, margins } = assignStories(blocks, headlines, continues, subjects, model);
  const textBlocks = blocks.filter((block) => block.kind === 'text').map((block) => block.index);
  const confidence = (headline: Headline | null, order: ReadingOrder): number => {
    const own = new Set(order.blocks.map((block) => block.index));
    const crossheads = judged.filter(({ headings }) => own.has(headings[0]!.index));
    const odds = crossheads.map((group) => group.odds);
    const evidence = confidenceEvidence(headline?.odds ?? -1, odds, order, margins, textBlocks);
    return confidenceOf(evidence, headline !== null);
  };
  const articles: Article[] = [];
  const setAside: TypedBlock[] = [];
  for (const [story, headline] of headlines.entries()) {
    const own = blocks.filter((block) => labels[block.index] === story && !headed.has(block.index));
    const running = own.filter((block) => block.kind === 'text' || block.kind === 'heading');
    const ordered = readingOrder(running, firstBlock(headline), model, subjects);
    const beside = own.filter((block) => !running.includes(block));
    const isStory = running.length > 0 || headline.odds >= SURE || beside.some(isCaptionOrByline);
    if (!isStory) {
      setAside.push(...own, ...blocks.filter((block) => heads[story]!.has(block.index)));
      continue;
    }
    articles.push(
      buildArticle(page, blocks, headline, ordered, beside, confidence(headline, ordered)),
    );
    setAside.push(...own.filter((block) => block.kind === 'furniture'));
  }
  if (headlines.length === 0) {
    const running = blocks.filter((block) => block.kind === 'text' || block.kind === 'heading');
    const ordered = readingOrder(running, -1, model, subjects);
    const beside = blocks.filter((block) => !running.includes(block));
    if (running.length > 0)
      articles.push(buildArticle(page, blocks, null, ordered, beside, confidence(null, ordered)));
    else setAside.push(...beside.filter((block) => block.kind !== 'furniture'));
    setAside.push(...blocks.filter((block) => block.kind === 'furniture'));
  }
  return {
    articles,
    setAside: setAside.map(({ start, end }) => ({ start, end })).sort((a, b) => a.start - b.start),
  };
}

function isCaptionOrByline(block: TypedBlock): boolean {
  return block.kind === 'caption' || block.kind === 'quote' || block.kind === 'byline';
}
