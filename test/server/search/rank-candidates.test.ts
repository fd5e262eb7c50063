import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../../indexer/analyzer/analyzer.ts';
import { rankingText } from '../../../indexer/documents/ranking-text.ts';
import type { RankingText } from '../../../indexer/store/ranking-texts.ts';
import { loadWordLists } from '../../../indexer/analyzer/word-lists.ts';
import type { Clause } from '../../../server/search/clause.ts';
import { createCandidateRanking } from '../../../server/search/rank/rank-candidates.ts';
import { rankingQuery } from '../../../server/search/rank/ranking-query.ts';

const lists = loadWordLists();
const { gazetteer, isStopWord } = lists;
const analyzer = createAnalyzer(lists.words);

function article(doc: number, title: string, body: string, more = {}): RankingText {
  const text = rankingText(analyzer.analyze(title), analyzer.analyze(body));
  return { doc, changedSeq: 1, primaryPark: null, firstDay: null, ...text, ...more };
}

const vocabulary = { articlesWith: () => 5, articles: () => 1000, averageLength: () => 60 };

function assertOrder(
  must: Clause['must'],
  candidates: readonly RankingText[],
  expected: readonly number[],
) {
  const query = rankingQuery([{ must, mustNot: [] }], vocabulary, {
    analyzer,
    gazetteer,
    isStopWord,
  });
  for (const order of [candidates, [...candidates].reverse()]) {
    const ranking = createCandidateRanking(query);
    order.forEach(ranking.add);
    expect(ranking.ranked()).toEqual(expected);
  }
}

const words = (text: string) => ({ type: 'words', text, titleOnly: false }) as const;

describe('createCandidateRanking', () => {
  it('counts a word more than the same characters inside other words', () => {
    const inside = article(1, '无题', '战士们可以军训，也可以军演。');
    const asWord = article(2, '无题', '以军发动空袭，以军撤离了。');
    assertOrder([words('以军')], [inside, asWord], [2, 1]);
  });

  it('prefers a word in the headline', () => {
    const inBody = article(1, '园区动态', '这里谈到招商的事情。');
    const inTitle = article(2, '园区招商', '这里谈到别处的事情。');
    assertOrder([words('招商')], [inBody, inTitle], [2, 1]);
  });

  it('prefers neighbours of a sentence that stand together', () => {
    const filler = '其他内容也在这里占去一些地方，使它们彼此隔得很远很远。'.repeat(3);
    const apart = article(1, '无题', `${filler}铁路。${filler}货运。${filler}增长。${filler}`);
    const together = article(2, '无题', `${filler}${filler}${filler}铁路货运增长。${filler}。。。`);
    assertOrder([words('铁路货运增长')], [apart, together], [2, 1]);
  });

  it('finds numbers however they are written', () => {
    const other = article(1, '无题', '那是二〇二四年的事情。');
    const same = article(2, '无题', '那是二〇二五年的事情。');
    assertOrder([words('2025年')], [other, same], [2, 1]);
  });

  it('prefers the story about the park that was asked for, and counts all its names', () => {
    const park = gazetteer.byId.get('guiyang-gaoxinqu')!;
    const literal = { type: 'named-park', id: park.id, name: park.name } as const;
    const mentioned = article(1, '无题', `今天${park.name}来了客人。`);
    const about = article(2, '无题', `今天${park.fullName}来了客人。`, { primaryPark: park.id });
    const without = article(3, '无题', '今天这里来了客人。');
    assertOrder([literal], [without, mentioned, about], [2, 1, 3]);
  });

  it('puts the newer first where nothing else tells, then the one taken in earlier', () => {
    const old = article(1, '无题', '招商引资。', { firstDay: 100 });
    const recent = article(2, '无题', '招商引资。', { firstDay: 200 });
    const undated = [article(4, '无题', '招商引资。'), article(3, '无题', '招商引资。')];
    assertOrder([words('招商')], [...undated, old, recent], [2, 1, 3, 4]);
  });
});

describe('rankingQuery', () => {
  const query = (text: string) =>
    rankingQuery([{ must: [words(text)], mustNot: [] }], vocabulary, {
      analyzer,
      gazetteer,
      isStopWord,
    });

  it('leaves out stop words unless there are no others', () => {
    expect(query('园区的招商').terms.map(({ spellings }) => spellings[0])).toEqual([
      '园区',
      '招商',
    ]);
    expect(query('的').terms).toHaveLength(1);
  });

  it('makes no pairs across punctuation', () => {
    expect(query('招商，政策').pairs).toEqual(['招商', '政策']);
  });
});
