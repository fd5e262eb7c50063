import type { Random } from '../../bench/typesetting.ts';
import { between, pick } from '../../fuzz/attacks/attack.ts';
import type { Fault } from '../fault.ts';
import { ended } from '../ended.ts';
import type { FaultArticle } from '../news.ts';

const ARTICLES = 3_000;
/** The end looks for these one by one. */
const PROMISED = 5;
const MARKS_FROM = 6_000_000;
const WORDS = [
  '码头',
  '货轮',
  '渔港',
  '灯塔',
  '潮汐',
  '航道',
  '船坞',
  '缆绳',
  '浮标',
  '集装箱',
  '堆场',
  '引航',
];

/** A file of thousands of articles, taken in beside the service; the second time most have changed. */
export const largeFile: Fault = {
  name: 'large file',
  measured: 'all',
  async run({ arena, ledger, random, lose }) {
    for (const isChanged of [false, true]) {
      const articles = Array.from({ length: ARTICLES }, (_, number) => write(number, random));
      for (const article of articles) ledger.offered.set(article.id, article);
      const status = await ended(arena.startIndexer(articles, 'large'));
      if (status !== 0) {
        lose(`大文件${isChanged ? '改后再次' : ''}收录：${status}`);
        continue;
      }
      for (const article of articles.slice(0, PROMISED))
        if (!ledger.acknowledged.some(({ id }) => id === article.id))
          ledger.acknowledged.push(article);
    }
  },
};

function write(number: number, random: Random): FaultArticle {
  const mark = String(MARKS_FROM + number);
  const sentences = Array.from({ length: between(5, 15, random) }, () => {
    const some = Array.from({ length: 6 }, () => pick(WORDS, random));
    return `${some.join('')}第${between(1, 1e6, random)}号。`;
  });
  return {
    id: `large-${number}`,
    title: `${pick(WORDS, random)}${pick(WORDS, random)}登记${mark}`,
    text: sentences.join(random() < 0.5 ? '\n' : ''),
    date: '2023-05-06',
    mark,
    themes: [],
    park: '',
  };
}
