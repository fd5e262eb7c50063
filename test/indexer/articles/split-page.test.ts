import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadContinuationModel } from '../../../indexer/articles/continuation-model.ts';
import { splitPage } from '../../../indexer/articles/split-page.ts';
import type { Article, SplitPage } from '../../../indexer/articles/article.ts';
import { compareOrder, scorePage, sentencesOf, type GoldArticle } from '../../bench/page-scores.ts';
import { expectWholePage, pageOf } from './whole-page.ts';

const model = loadContinuationModel();
const SHARED = new URL('../../../../shared/', import.meta.url);

function splitFixture(name: string): SplitPage {
  return splitPage(
    pageOf(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')),
    model,
  );
}

function article(split: SplitPage, title: string): Article {
  const found = split.articles.find((one) => one.title.replaceAll(' ', '').includes(title));
  if (found === undefined) throw new Error(`no article titled ${title}`);
  return found;
}

describe('splitPage on a newspaper page', () => {
  it('reads the columns of banded sections in the order of the sections', () => {
    const { articles } = splitFixture('banded-columns.txt');
    expect(articles).toHaveLength(1);
    expect(articles[0]!.paragraphs.map((paragraph) => paragraph.slice(0, 8))).toEqual([
      '晚上九点，临江高',
      '据统计，夜间时段',
      '预约改在手机上',
      '过去预约一台仪器',
      '平台负责人介绍，',
      '平台还把常见的检',
      '夜班工程师也算工',
      '夜间开放最难的是',
      '下一步，中心准备',
    ]);
    expect(articles[0]!.paragraphs[0]).toContain('延长到午夜，设备利用率');
    expect(articles[0]!.paragraphs[4]).toContain('为了一组数据专门');
  });

  it('fetches a tail that lies after another story', () => {
    const split = splitFixture('tail-after-other-story.txt');
    expect(split.articles).toHaveLength(2);
    const first = article(split, '望湖经开区');
    expect(first.paragraphs[0]).toContain('企业可以拒绝，并且要在三个工作日内');
    expect(first.paragraphs).toHaveLength(3);
    expect(first.bylines).toEqual(['▶ 本报特约通讯员 李样报']);
    const second = article(split, '东岭高新区');
    expect(second.paragraphs).toHaveLength(2);
    expect(second.bylines).toEqual(['记者 王试稿']);
  });

  it('takes captions, credits and boxed quotations out of the running text', () => {
    const split = splitFixture('photo-and-quote.txt');
    const story = article(split, '石桥综保区');
    expect(story.paragraphs[1]).toContain('由系统提前安排泊位');
    expect(story.captions).toContain('海关关员在石桥综保区卡口巡查。');
    expect(story.captions).toContain('赵示例 某电子企业物流主管');
    expect(story.paragraphs).toHaveLength(4);
  });

  it('keeps headlines over sub-headlines, and sentences cut by captions and page furniture', () => {
    const split = splitFixture('subhead-and-furniture.txt');
    expect(split.articles).toHaveLength(2);
    const first = article(split, '柳河高新区');
    expect(first.subtitle ?? first.title).toContain('——三十台设备随车下乡');
    expect(first.bylines).toEqual(['文／图 本报记者 张示明']);
    expect(first.paragraphs[0]).toContain('当天就能拿到检测报告。三个月里');
    expect(first.paragraphs).toHaveLength(2);
    const second = article(split, '银滩综保区');
    expect(second.paragraphs).toHaveLength(1);
    expect(second.paragraphs[0]).toContain('两小时内完成开箱，不再等到第二天早上。');
    expect(split.setAside).toHaveLength(3);
  });

  it('keeps the caption of a photo story as its text', () => {
    const photo = article(splitFixture('photo-and-quote.txt'), '南屿新区');
    expect(photo.paragraphs).toHaveLength(1);
    expect(photo.captions).toEqual(['示例图片社供图']);
  });

  it('joins the lines of a column and parts its paragraphs', () => {
    const split = splitFixture('set-in-columns.txt');
    const first = article(split, '北原开发区');
    expect(first.paragraphs).toHaveLength(2);
    expect(first.paragraphs[0]).toContain('拆掉能换来一笔补贴');
    expect(article(split, '西塘科技园').paragraphs).toHaveLength(1);
  });

  it('gives a page without any headline as one doubtful article', () => {
    const { articles } = splitPage(
      pageOf('这是一段没有标题的文字，说的是园区里的一件小事。'),
      model,
    );
    expect(articles).toHaveLength(1);
    expect(articles[0]!.confidence).toBeLessThan(0.5);
  });

  it.each([
    'banded-columns',
    'tail-after-other-story',
    'photo-and-quote',
    'set-in-columns',
    'subhead-and-furniture',
  ])('leaves no character of %s behind', (name) => {
    const text = readFileSync(new URL(`fixtures/${name}.txt`, import.meta.url), 'utf8');
    expectWholePage(pageOf(text), splitPage(pageOf(text), model));
  });
});

const PIECES = [
  '北原高新区召开大会',
  '“先行一步”打造地标',
  '◎ 本报记者 张示例',
  '▶ 王试稿',
  '示例图片社供图',
  '图为园区一角。',
  '第03版：园区',
  '园镜头',
  '本报讯（记者 李样报）3月1日，园区开工。',
  '策，支持企业奖补资金近两亿元。',
  '研究出台十七份主导政',
  '他说：“我们',
  '都准备好了。”',
  '；',
  '　　',
  '2023',
  'RCEP rules of ori-',
  'gin apply.',
  '[返回首页](//example.test/)',
];

describe('splitPage on any text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom('\n', '\n\n', ' ', '')), {
        maxLength: 30,
      })
      .map((pieces) => pieces.flat().join('')),
  );

  it.each(['newspaper', 'story'] as const)('gives back every character once (%s)', (layout) => {
    fc.assert(
      fc.property(
        anyText,
        fc.option(fc.constantFrom(...PIECES), { nil: undefined }),
        (text, title) => {
          const page = pageOf(text, layout, title);
          const split = splitPage(page, model);
          expectWholePage(page, split);
          for (const { confidence } of split.articles) {
            expect(confidence).toBeGreaterThanOrEqual(0);
            expect(confidence).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads a page of four hundred blocks to its end', () => {
    const text = Array.from(
      { length: 400 },
      (_, i) => `第${i}段说的是第${i}件事，${i % 3 === 0 ? '还没完' : '完了。'}`,
    ).join('\n\n');
    const { articles, setAside } = splitPage(pageOf(text), model);
    const ends = [...articles.flatMap((article) => article.parts), ...setAside];
    expect(Math.max(...ends.map((part) => part.end))).toBe(text.length);
  });
});

describe.runIf(existsSync(new URL('gold/seed-articles.json', SHARED)))(
  'splitPage on the shared samples',
  () => {
    // Read inside the tests: the body of a skipped `describe` runs all the same.
    const goldOf = (key: string): GoldArticle[] => {
      const file = readFileSync(new URL('gold/seed-articles.json', SHARED), 'utf8');
      return (JSON.parse(file) as Record<string, GoldArticle[]>)[key]!;
    };
    const seed = (name: string): string => readFileSync(new URL(`seeds/${name}`, SHARED), 'utf8');

    it.each([
      ['000', '000_c17539849003529d.txt'],
      ['002', '002_1180e4d859a6c566.txt'],
    ])('finds every anchor of %s in its article and in no other', (key, file) => {
      const score = scorePage(splitPage(pageOf(seed(file)), model).articles, goldOf(key));
      expect(score.problems).toEqual([]);
    });

    it('puts the lead story into the order of its re-post', () => {
      const lead = splitPage(pageOf(seed('000_c17539849003529d.txt')), model).articles[0]!;
      const repost = seed('001_ca9b5c51e7b7525b.txt')
        .split('\n---\n')[1]!
        .replace(/<[^<>]*>/g, '\n');
      const clean = splitPage(pageOf(repost, 'story', lead.title), model).articles[0]!;
      const order = compareOrder(
        lead.paragraphs.join('\n'),
        sentencesOf(clean.paragraphs.join('\n')),
      );
      expect(order.tau).toBeGreaterThanOrEqual(0.98);
      expect(order.present / order.sentences).toBeGreaterThanOrEqual(0.97);
    });
  },
);
