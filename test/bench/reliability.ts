import type { Article } from '../../indexer/articles/article.ts';
import { letters, type GoldArticle } from './page-scores.ts';

/** An article's confidence and whether the article is right. */
export interface Judged {
  readonly confidence: number;
  readonly isRight: boolean;
}

const BOUNDS = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01];

/** Returns for each article whether it has a story's title, all passages of that story and none of another's. */
export function judgeArticles(
  articles: readonly Article[],
  gold: readonly GoldArticle[],
): Judged[] {
  return articles.map(({ kicker, title, subtitle, paragraphs, confidence }) => {
    const text = letters([kicker, title, subtitle, ...paragraphs].join('\n'));
    const has = (anchor: string): boolean => text.includes(letters(anchor));
    const story = gold.find((one) => letters(one.title) === letters(title));
    const isRight =
      story !== undefined &&
      story.anchors.every(has) &&
      gold.every((other) => other === story || !other.anchors.some(has));
    return { confidence, isRight };
  });
}

/** Returns a line for each range of confidence: how many articles, and which share of them is right. */
export function reliabilityTable(judged: readonly Judged[]): string[] {
  return BOUNDS.slice(0, -1).map((from, place) => {
    const to = BOUNDS[place + 1]!;
    const within = judged.filter(({ confidence }) => confidence >= from && confidence < to);
    const right = within.filter(({ isRight }) => isRight).length;
    const share = within.length === 0 ? '–' : (right / within.length).toFixed(3);
    return `把握 ${from.toFixed(2)}–${Math.min(1, to).toFixed(2)}  ${String(within.length).padStart(5)} 篇  全对 ${share}`;
  });
}
