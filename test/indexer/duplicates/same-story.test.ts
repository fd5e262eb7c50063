import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameStory } from '../../../indexer/duplicates/same-story.ts';
import { parseStoryRow, type Story } from '../../../indexer/duplicates/story.ts';
import { inventStory, misread } from './invented-text.ts';

interface Told {
  readonly title?: string;
  readonly text: string;
  readonly parks?: readonly string[];
  readonly day?: number | null;
  readonly lastDay?: number | null;
}

function story({ title = '', text, parks = [], day = 100, lastDay = day }: Told): Story {
  return parseStoryRow({
    title,
    text,
    parks: JSON.stringify(parks.map((id) => ({ id }))),
    first_day: day,
    last_day: lastDay,
  });
}

const paragraphs = inventStory(1);
const text = paragraphs.join('\n');
const other = inventStory(2);
const long = inventStory(3, 14).join('\n');

const notice = (language: string) =>
  `由编译机构翻译的《园区改革案例选》一书${language}版，近日由示例出版社出版，面向海内外发行。该书收录了围绕园区改革写成的一系列重要案例。${language}版的出版，对于各国读者深刻理解园区改革的理论体系和实践要求，深入了解园区走过的道路、取得的成绩和展现的新图景，具有重要意义。`;
const weather = (figures: readonly number[]) =>
  `全市今天白天多云转晴，最高气温${figures[0]}度，夜间最低气温${figures[1]}度，空气质量指数${figures[2]}，相对湿度${figures[3]}%，请注意增减衣物，出行注意安全。气象台预计未来三天以晴为主，早晚温差较大。`;
const visit = (guest: string, name: string) =>
  `管委会主任昨日在政务中心会见${guest}代表团团长${name}一行，双方就深化产业合作、扩大技术交流、推进项目落地交换了意见。管委会有关部门负责人参加会见。会见后，${name}一行参观了规划展厅和公共实验平台。`;

const copies: [string, Told, Told][] = [
  ['itself', { text }, { text }],
  ['paragraphs in another order', { text }, { text: [...paragraphs].reverse().join('\n') }],
  [
    'a page version: shuffled, 3 % misread, a paragraph lost',
    { text: long },
    { text: misread(long.split('\n').reverse().slice(1).join('\n'), 0.03, 5) },
  ],
  [
    'a paragraph of another story taken in',
    { text },
    { text: [...paragraphs, other[0]].join('\n') },
  ],
  ['40 % lost', { text: long }, { text: long.slice(0, long.length * 0.6) }],
  [
    'traditional characters and other marks',
    {
      text: '貴陽高新區審批大廳把三十多個專窗換成八組綜合窗口，叫號的人不用再想該找誰。過去一份材料要在四個科室之間傳遞。',
    },
    {
      text: '贵阳高新区审批大厅把30多个专窗换成八组综合窗口,叫号的人不用再想该找谁。过去一份材料要在四个科室之间传递。',
    },
  ],
  [
    'another headline for the same text',
    { title: '审批大厅少了专窗', text },
    { title: '办事的人少跑一趟', text },
  ],
  ['a month against a day in it', { text, day: 90, lastDay: 120 }, { text, day: 118 }],
  ['a long text printed again after months', { text: long }, { text: long, day: 300 }],
  ['an unknown date', { text }, { text, day: null }],
  [
    'the first third under the same headline',
    { title: '审批大厅少了三十个专窗', text: long },
    { title: '审批大厅少了三十个专窗', text: long.slice(0, long.length / 3) },
  ],
  ['primary parks that both texts name', { text, parks: ['a', 'b'] }, { text, parks: ['b', 'a'] }],
];

const different: [string, Told, Told][] = [
  ['other stories in the same words', { text }, { text: other.join('\n') }],
  ['a brief inside a long report', { text: long }, { text: long.slice(0, 200) }],
  [
    'the same report of another park',
    { text, parks: ['a'] },
    { text: text.replace('园区', '甲区'), parks: ['b'] },
  ],
  [
    'daily figures',
    { title: '今日天气', text: weather([12, 3, 45, 60]) },
    { title: '今日天气', text: weather([15, 5, 78, 33]), day: 101 },
  ],
  [
    'books alike but for the language',
    { title: '案例选法文版出版', text: notice('法文') },
    { title: '案例选俄文版出版', text: notice('俄文') },
  ],
  [
    'visits alike but for the guest',
    { title: '管委会会见北岛代表团', text: visit('北岛', '安德森') },
    { title: '管委会会见南湾代表团', text: visit('南湾', '里贝罗') },
  ],
  [
    'a short notice of last year word for word',
    { text: notice('法文') },
    { text: notice('法文'), day: 465 },
  ],
  [
    'texts too short to judge',
    { title: '图片新闻', text: '查看原文' },
    { title: '园区简讯', text: '查看原文' },
  ],
];

describe('isSameStory', () => {
  it.each(copies)('takes for a copy: %s', (_, a, b) => {
    expect(isSameStory(story(a), story(b))).toBe(true);
    expect(isSameStory(story(b), story(a))).toBe(true);
  });

  it.each(different)('keeps apart: %s', (_, a, b) => {
    expect(isSameStory(story(a), story(b))).toBe(false);
    expect(isSameStory(story(b), story(a))).toBe(false);
  });

  it('never throws and is symmetric on any text', () => {
    const units = fc.string({
      unit: fc.constantFrom(...Array.from('甲乙丙12.,一百 \n。𠮷')),
      maxLength: 90,
    });
    const told = fc.record({
      title: units,
      text: fc.oneof(units, fc.string({ unit: 'binary', maxLength: 90 })),
      day: fc.option(fc.integer({ min: 0, max: 30 })),
    });
    fc.assert(
      fc.property(told, told, (a, b) => {
        expect(isSameStory(story(a), story(b))).toBe(isSameStory(story(b), story(a)));
      }),
      { numRuns: 500 },
    );
  });

  it('comes to an end on a headline and a text that have gone astray', () => {
    const astray = (title: string) =>
      story({ title: title.repeat(50_000), text: '三四五'.repeat(100_000) });
    expect(isSameStory(astray('一二'), astray('五六'))).toBe(true);
  });
});
