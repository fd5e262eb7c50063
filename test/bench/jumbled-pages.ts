import type { TrainingStory } from './training-text.ts';
import { folderStories, isHeldOut } from './training-text.ts';
import { sentencesOf, type GoldArticle } from './page-scores.ts';
import { setStory, type Random } from './typesetting.ts';

/** A page made of clean stories, cut and jumbled as a page reader leaves it. */
export interface JumbledPage {
  readonly text: string;
  readonly gold: readonly GoldArticle[];
}

/** Returns 0 ≤ x < 1, the same sequence for the same seed (mulberry32, public domain). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Returns stories fit for a page from the files that the continuation model was not trained on. */
export function heldOutStories(folder: string): TrainingStory[] {
  const stories: TrainingStory[] = [];
  for (const { fileIndex, stories: all } of folderStories(folder)) {
    if (!isHeldOut(fileIndex)) continue;
    for (const story of all) {
      const title = story.title.replace(/^【[^】]*】/, '').trim();
      const length = story.paragraphs.join('').length;
      const fit = title.length >= 8 && title.length <= 40 && length >= 250 && length <= 2400;
      // A digest item made of several stories has headings of its own among its paragraphs.
      const whole = story.paragraphs.every((paragraph) => /[。！？…”]$/.test(paragraph));
      if (fit && whole && !/快讯|内容提要/.test(title)) stories.push({ ...story, title });
    }
  }
  return stories;
}

const KICKERS = ['稳中求进开新局', '向改革要动力', '把蓝图变成实景', '一线走笔'];
const COLUMN_HEADERS = ['园镜头', '图片新闻', '园区动态'];
const PAGE_HEADERS = ['第03版：园区', '2023年5月16日 星期二', '06'];

/** Returns one jumbled page of three to six stories. */
export function jumbledPage(stories: readonly TrainingStory[], random: Random): JumbledPage {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const count = 3 + Math.floor(random() * 4);
  const chosen: TrainingStory[] = [];
  while (chosen.length < count) {
    const story = pick(stories);
    if (!chosen.some((other) => other.title === story.title)) chosen.push(story);
  }
  const pieces = chosen.map((story) => setStory(story, random));
  const gold = chosen.map((story, number) => goldOf(story, pieces[number]!.anchors));
  // A story's last columns may lie anywhere among the pieces of another story, or before its own headline.
  const sequence = pieces.map(({ fragments }) => fragments);
  const page: string[][] = [];
  if (random() < 0.5) page.push([pick(PAGE_HEADERS)]);
  const astray: { after: number; fragments: string[][] }[] = [];
  for (const [number, fragments] of sequence.entries()) {
    if (fragments.length > 1 && random() < 0.4) {
      const keep = 1 + Math.floor(random() * (fragments.length - 1));
      const after = Math.floor(random() * sequence.length);
      if (after !== number) astray.push({ after, fragments: fragments.splice(keep) });
    }
  }
  for (const [number, fragments] of sequence.entries()) {
    const above = random();
    if (above < 0.1) page.push([pick(KICKERS)]);
    else if (above < 0.2) page.push([pick(COLUMN_HEADERS)]);
    page.push(...fragments);
    for (const stray of astray) if (stray.after === number) page.push(...stray.fragments);
  }
  let text = page.flat().join('\n\n');
  if (random() < 0.5) text = halfWidth(text);
  return { text, gold };
}

export function goldOf(story: TrainingStory, anchors: readonly string[]): GoldArticle {
  const text = story.paragraphs.join('\n');
  return { title: story.title, anchors, text, sentences: sentencesOf(text) };
}

function halfWidth(text: string): string {
  return text.replace(/[，；：（）]/g, (mark) => mark.normalize('NFKC'));
}
