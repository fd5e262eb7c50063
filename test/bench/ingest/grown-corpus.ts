import type { Gazetteer } from '../../../config/gazetteer.ts';
import { seededRandom } from '../jumbled-pages.ts';
import type { CorpusItem } from '../relevance/corpus-items.ts';

/** An article as a line of our JSON Lines. */
export interface GrownArticle {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly date: string;
  readonly source: string;
}

const SOURCES = ['示例科技报', '示例开放周刊', '示例园区导报', '示例经济晨报'];
/** One article in so many is about a park. */
const PARK_EVERY = 3;

/**
 * Yields `count` articles, the same every time: first the items themselves, then new ones of sentences
 * drawn from all items, as long as a real one, so that words keep their frequencies. Every third names a
 * park or two of the gazetteer.
 */
export function* growCorpus(
  items: readonly CorpusItem[],
  gazetteer: Gazetteer,
  count: number,
  seed: number,
): Generator<GrownArticle> {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  for (const { id, date, headline, text } of items.slice(0, count))
    yield { id, title: headline, text, date, source: pick(SOURCES) };
  const sentences = items.flatMap(({ text }) => text.match(/[^。！？\n]+[。！？]?/g) ?? []);
  for (let number = items.length; number < count; number += 1) {
    const model = pick(items);
    const parts: string[] = [];
    for (let length = 0; length < model.text.length; length += parts.at(-1)!.length)
      parts.push(pick(sentences));
    let title = pick(items).headline;
    if (number % PARK_EVERY === 0) {
      const park = pick(gazetteer.parks);
      title = `${park.name}：${title}`;
      parts.splice(1, 0, `${park.fullName}与${pick(gazetteer.parks).name}签约。`);
    }
    yield {
      id: `grown-${number}`,
      title,
      text: parts.join(''),
      date: pick(items).date,
      source: pick(SOURCES),
    };
  }
}
