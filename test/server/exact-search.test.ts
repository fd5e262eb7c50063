import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import type { TestService } from '../service-for-tests.ts';
import type { CraftedArticle } from './crafted-corpus.ts';
import { startServiceOver } from './crafted-corpus.ts';

const ARTICLES: readonly CraftedArticle[] = [
  {
    id: 'rules',
    title: '园区招商新规公布',
    text: '全区创新发展规划已获批准。\n招商引资进入新阶段，投资３．８％的增长来自Ｃ919配套。',
    date: '2022-03-01',
    source: '示例日报',
  },
  {
    id: 'talent',
    title: '人才公寓交付',
    text: '园区的人才公寓交付使用，公寓里面配有GDP大屏。二〇二五年还将招商。',
    date: '2022-05-02',
    source: '示例日报',
  },
  {
    id: 'scattered',
    title: '发展与创新',
    text: '规划先行，创新不止，发展规矩先立，展规在即，新发现的规划。公寓为人才而建。',
    date: '2023-05-02',
    source: '示例晚报',
  },
  {
    id: 'traditional',
    title: '科技園區的頭髮護理展',
    text: '乾燥的頭髮，後來在裡面展出。乾隆年間的規劃，總投資 51萬元。\n(A)類企業使用C++。',
    date: '2021-01-01',
    source: '示例晚报',
  },
  {
    id: 'latin',
    title: 'Taiwan said OpenAI chips',
    text: 'The AI said so in 12025 rows. 干部 and C919 with AI+制造 in 2025.',
    date: '2020',
  },
];

let service: TestService;
beforeAll(async () => {
  service = await startServiceOver(ARTICLES);
});
afterAll(() => service.stop());

async function ask(q: string, more: Record<string, string> = {}) {
  const parameters = new URLSearchParams({ q, size: '50', ...more });
  const response = await fetch(`${service.address}/api/search?${parameters.toString()}`);
  expect(response.status).toBe(200);
  return searchResponseSchema.parse(await response.json());
}

async function idsOf(q: string, more: Record<string, string> = {}): Promise<string[]> {
  const { hits, total } = await ask(q, more);
  expect(total).toBe(hits.length);
  return hits.map(({ id }) => id.replace(/^.*:/, '')).sort();
}

describe('a quoted phrase', () => {
  it.each<[string, string[]]>([
    ['"创新发展规划"', ['rules']],
    ['"发展规"', ['rules', 'scattered']],
    ['"发展规划"', ['rules']],
    ['"区创新发"', ['rules']],
    ['"区招"', ['rules']],
    ['"园区"', ['rules', 'talent', 'traditional']],
    // Over the end of a line, with its end or a space; not as if it were no end.
    ['"批准。\n招商"', ['rules']],
    ['"批准。 招商"', ['rules']],
    ['"批准。招商"', []],
    // Any width, any script.
    ['"投资3.8%的"', ['rules']],
    ['"Ｃ９１９"', ['latin', 'rules']],
    ['"3．8％"', ['rules']],
    ['"3.8"', ['rules']],
    ['"38"', []],
    ['"乾燥的头发"', ['traditional']],
    ['"干燥的頭髮"', ['traditional']],
    ['"後來在裏面"', ['traditional']],
    ['"园區的頭髮"', ['traditional']],
    // The same gram, another character: 乾隆 is no 干隆, and 干部 no 乾部.
    ['"乾隆"', ['traditional']],
    ['"干隆"', []],
    ['"干部"', ['latin']],
    // By itself 乾 is the traditional form of 干.
    ['"乾"', ['latin', 'traditional']],
    ['"干"', ['latin', 'traditional']],
    // Signs inside.
    ['"不止，发展"', ['scattered']],
    ['"不止发展"', []],
    ['"(A)类"', ['traditional']],
    ['"C++"', ['traditional']],
    ['"AI+"', ['latin']],
    ['"，公寓里"', ['talent']],
    // As letters stand, also inside of words and numbers.
    ['"aiwan sa"', ['latin']],
    ['"2025"', ['latin']],
    ['"二〇二五"', ['talent']],
    ['"寓"', ['scattered', 'talent']],
  ])('%s finds exactly where it stands', async (query, expected) => {
    expect(await idsOf(query)).toEqual(expected);
  });

  it('is found when it has more grams than the engine has terms', async () => {
    const text =
      '全区创新发展规划已获批准。\n招商引资进入新阶段，投资３．８％的增长来自Ｃ919配套。';
    expect(await idsOf(`"${text}"`)).toEqual(['rules']);
    expect(await idsOf(`"${text.replace('已获', '未获')}"`)).toEqual([]);
  });

  it('is never relaxed to its words', async () => {
    const answer = await ask('"规划的人才创新"');
    expect(answer.total).toBe(0);
    expect(answer.query.hints.map(({ type }) => type)).not.toContain('relaxed');
  });

  it('can be asked of the title alone', async () => {
    expect(await idsOf('标题:"发展与"')).toEqual(['scattered']);
    expect(await idsOf('标题:"创新发展"')).toEqual([]);
    expect(await idsOf('标题:"園区的头"')).toEqual(['traditional']);
    expect(await idsOf('标题:"人才"')).toEqual(['talent']);
  });
});

describe('an excluded word', () => {
  it.each<[string, string[]]>([
    ['园区 -招商', ['traditional']],
    ['园区 -人才公寓', ['rules', 'traditional']],
    ['公寓 -人才公寓', ['scattered']],
    ['规划 -创新发展规划', ['scattered', 'traditional']],
    ['规划 -"创新发展规划"', ['scattered', 'traditional']],
    ['规划 -"展规"', ['traditional']],
    ['-规划', ['latin', 'talent']],
    ['-规划 -人才公寓', ['latin']],
    // A word, not the letters inside of another.
    ['C919 -OpenAI', ['rules']],
    ['said -wan', ['latin']],
    ['said -"wan"', []],
    ['规划 -C++', ['rules', 'scattered']],
    ['规划 -，', ['rules', 'scattered', 'traditional']],
    ['said -202', ['latin']],
    ['said -2025', []],
    ['规划 -标题:创新', ['rules', 'traditional']],
    ['规划 -(招商 公寓)', ['rules', 'scattered', 'traditional']],
    ['规划 -(招商 OR 公寓)', ['traditional']],
  ])('%s', async (query, expected) => {
    expect(await idsOf(query)).toEqual(expected);
  });
});

describe('alternatives', () => {
  it.each<[string, string[]]>([
    ['"创新发展规划" OR 公寓', ['rules', 'scattered', 'talent']],
    // Each alternative is held to its own phrase.
    ['"新发展规则" OR 乾隆', ['traditional']],
    ['("新发展规" OR "人才公") 招商', ['rules', 'talent']],
    ['(规划 -"创新发展") OR 交付', ['scattered', 'talent', 'traditional']],
    ['"展规划" OR "隆年间"', ['rules', 'traditional']],
  ])('%s', async (query, expected) => {
    expect(await idsOf(query)).toEqual(expected);
    expect(await idsOf(query, { sort: 'newest' })).toEqual(expected);
  });
});

describe('counts beside phrases and exclusions', () => {
  const counted = (values: readonly { value: string; count: number }[]) =>
    Object.fromEntries(values.map(({ value, count }) => [value, count]));

  it('are of what is shown', async () => {
    const { facets } = await ask('"发展规划"');
    expect(counted(facets.source)).toEqual({ 示例日报: 1 });
    expect(counted(facets.year)).toEqual({ 2022: 1 });
    expect(counted((await ask('公寓 -人才公寓')).facets.source)).toEqual({ 示例晚报: 1 });
  });

  it('leave a chosen value’s own filter out', async () => {
    const { facets, total } = await ask('"园区" -"公寓里面"', { year: '2022' });
    expect(total).toBe(1);
    expect(counted(facets.year)).toEqual({ 2021: 1, 2022: 1 });
    expect(counted(facets.source)).toEqual({ 示例日报: 1 });
  });

  it('are of several alternatives together', async () => {
    const { facets } = await ask('"创新发展规划" OR "公寓"');
    expect(counted(facets.source)).toEqual({ 示例日报: 2, 示例晚报: 1 });
  });

  it('keep the order of dates', async () => {
    const { hits } = await ask('"展" -"招商引"', { sort: 'oldest' });
    expect(hits.map(({ date }) => date)).toEqual(['2021-01-01', '2023-05-02']);
  });
});
