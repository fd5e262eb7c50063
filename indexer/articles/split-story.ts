import type { Page } from '../readers/page.ts';
import type { ArticlePart, SplitPage } from './article.ts';
import { pageBlocks, type Block } from './blocks.ts';
import { inlineBylines, isByline } from './bylines.ts';
import { isCredit, isMarkedCaption } from './captions.ts';
import { isImprint } from './furniture.ts';
import { readsLikeSentences } from './sentence-shape.ts';

const NAVIGATION = /^(?:\[[^\]\n]{1,60}\]\([^)\s]{1,400}\)[\s|｜·/、，,]*)+$/;

/** The same after a reader has turned links into their words: `返回新闻｜返回首页`. */
const NAVIGATION_WORDS =
  /^(?:返回|上一篇|下一篇|查看原文|阅读原文|原文链接|更多|打印|分享|收藏|关闭窗口)[^。，,；;]{0,20}$/;

type Role = ArticlePart['role'] | 'set-aside';

/** Returns the one article of a page that is known to be one story: paragraphs as given, captions and link lines taken out. */
export function splitStory(page: Page): SplitPage {
  const blocks = pageBlocks(page.text);
  const roles = blocks.map((block) => roleOf(block));
  const given = page.metadata.title?.trim() ?? '';
  const titleAt = blocks.findIndex(
    (block, i) => roles[i] !== 'set-aside' && (given === '' || sameLetters(block.text, given)),
  );
  const isTitle = titleAt >= 0 && (given === '' || titleAt < 4);
  if (isTitle) roles[titleAt] = 'title';
  const withRole = (...wanted: Role[]): Block[] =>
    blocks.filter((_, index) => wanted.includes(roles[index]!));
  const paragraphs = withRole('paragraph', 'crosshead').map((block) => block.text);
  const setAside = withRole('set-aside').map(({ start, end }) => ({ start, end }));
  if (!isTitle && paragraphs.length === 0 && given === '') return { articles: [], setAside };
  const parts = blocks.flatMap((block, index): ArticlePart[] => {
    const role = roles[index]!;
    return role === 'set-aside' ? [] : [{ role, start: block.start, end: block.end }];
  });
  const bylines = withRole('byline').map((block) => block.text);
  const article = {
    page,
    title: given === '' ? blocks[titleAt]!.text : given,
    kicker: null,
    subtitle: null,
    bylines: [...bylines, ...paragraphs.flatMap(inlineBylines)],
    paragraphs,
    captions: withRole('caption').map((block) => block.text),
    parts,
    confidence: given === '' ? 0.6 : 1,
  };
  return { articles: [article], setAside };
}

function roleOf(block: Block): Role {
  const { text } = block;
  if (NAVIGATION.test(text) || isImprint(text)) return 'set-aside';
  if (text.split(/[｜|]/).every((piece) => NAVIGATION_WORDS.test(piece.trim()))) return 'set-aside';
  if (isByline(text)) return 'byline';
  if (isCredit(text) || isMarkedCaption(text)) return 'caption';
  return text.length <= 40 && !readsLikeSentences(text) ? 'crosshead' : 'paragraph';
}

function sameLetters(a: string, b: string): boolean {
  const letters = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
  return letters(a) === letters(b);
}
