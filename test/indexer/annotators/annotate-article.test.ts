import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadGazetteer } from '../../../config/gazetteer.ts';
import { annotateArticle } from '../../../indexer/annotators/annotate-article.ts';
import { createAnnotators } from '../../../indexer/annotators/annotators.ts';
import { articleFields } from '../../../indexer/annotators/annotation.ts';
import type { Article } from '../../../indexer/articles/article.ts';
import { makeArticle, makePage } from './make-article.ts';

const annotators = createAnnotators(loadGazetteer(), 2026);
const annotate = (article: Article) => annotateArticle(article, annotators);
const parksOf = (article: Article) => annotate(article).parks.map(({ name }) => name);

describe('annotateArticle', () => {
  it('folds everything into one record', () => {
    const page = makePage('', {
      metadata: { dates: [{ text: '2022-03-07', origin: 'record' }], section: '第03版：园区' },
    });
    const article = makeArticle(
      '用服务“加法”换园区发展“乘法”',
      '本报讯 3月1日，记者从贵阳高新区获悉，贵阳高新区与清镇高新区签约。（文章来源：科技日报）',
      { page, bylines: ['本报记者 何样辉'] },
    );
    expect(annotate(article)).toMatchObject({
      text: article.paragraphs[0],
      parks: [
        { id: 'guiyang-gaoxinqu', name: '贵阳高新区', listed: true, mentions: 2 },
        { id: 'unlisted:清镇高新区', name: '清镇高新区', listed: false, mentions: 1 },
      ],
      date: { date: '2022-03-07', precision: 'day', evidence: '记录字段“2022-03-07”' },
      source: '科技日报',
      section: '第03版：园区',
      authors: ['何样辉'],
      kind: 'brief',
      keywords: ['贵阳高新区', '清镇高新区', '加法', '乘法'],
    });
  });

  it('says that the date is unknown', () => {
    expect(annotate(makeArticle('题', '正文。')).date).toMatchObject({
      date: null,
      precision: 'unknown',
    });
  });
});

describe('the primary park', () => {
  const cases: readonly [string, Article, string][] = [
    [
      'is the one in the headline, however often others are named',
      makeArticle('锡山经开区发力', '无锡高新区签约。无锡高新区开工。无锡高新区投产。'),
      '锡山经开区',
    ],
    [
      'is the one in the line above a headline without a park',
      makeArticle('又快又好', '无锡高新区、无锡高新区', { kicker: '锡山经开区办事' }),
      '锡山经开区',
    ],
    [
      'is the one of the lead when both are named alike',
      makeArticle('题', '合肥高新区来客。\n芜湖高新区回访。'),
      '合肥高新区',
    ],
    [
      'is the one named most in a text without any of these',
      makeArticle('题', `${'记者感到变化。'.repeat(40)}合肥高新区。芜湖高新区。芜湖高新区。`),
      '芜湖高新区',
    ],
    [
      'may be one that the gazetteer lacks',
      makeArticle('清镇高新区开园', '贵阳高新区祝贺。'),
      '清镇高新区',
    ],
  ];
  it.each(cases)('%s', (_, article, park) => expect(parksOf(article)[0]).toBe(park));
});

describe('any article', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          ...'、，。（）() \n—“”年月日0123456789'.split(''),
          ...[
            '高新区',
            '苏州',
            '（记者 ',
            '来源：',
            '2022年',
            '3月1日',
            '以下简称',
            '去年',
            '第5版',
            '武汉、',
            '日报讯',
          ],
        ),
        { maxLength: 80 },
      )
      .map((pieces) => pieces.join('')),
  );
  const article = fc
    .record({ title: text, kicker: text, byline: text, body: text, caption: text, clue: text })
    .map(({ title, kicker, byline, body, caption, clue }) =>
      makeArticle(title, body, {
        page: makePage(body, { metadata: { dates: [{ text: clue, origin: 'html-meta' }] } }),
        kicker,
        bylines: [byline, byline],
        captions: [caption],
      }),
    );

  it('gives spans inside their fields and never throws', () => {
    fc.assert(
      fc.property(article, (one) => {
        const lengths = new Map<string, number>(
          articleFields(one).map((field) => [field.field, field.text.length]),
        );
        for (const { field, start, end } of annotate(one).annotations)
          if (start < 0 || end < start || end > (lengths.get(field) ?? 0))
            throw new Error(`${field} ${start}–${end} of ${lengths.get(field) ?? 0}`);
      }),
      { numRuns: 500 },
    );
  });

  it('gets to the end of a very long text', () => {
    const long = '武汉、襄阳高新区（以下简称高新区）3月1日，'.repeat(8_000);
    expect(annotate(makeArticle('题', long)).parks.map((park) => park.mentions)).toEqual([
      8_000, 8_000,
    ]);
  });
});

const seeds = new URL('../../../../shared/seeds/', import.meta.url);
const gold = new URL('../../../../shared/gold/seed-articles.json', import.meta.url);
const seedFiles: Readonly<Record<string, string>> = {
  '000': '000_c17539849003529d.txt',
  '001': '001_ca9b5c51e7b7525b.txt',
  '002': '002_1180e4d859a6c566.txt',
};

interface GoldArticle {
  readonly title: string;
  readonly parks: readonly string[];
  readonly date: string;
  readonly anchors: readonly string[];
}

describe.runIf(existsSync(gold))('the seed pages', () => {
  const bare = (text: string) => text.normalize('NFKC').replace(/[\p{P}\p{S}\s]/gu, '');
  const pages = existsSync(gold)
    ? (JSON.parse(readFileSync(gold, 'utf8')) as Record<string, readonly GoldArticle[]>)
    : {};
  const cases = Object.entries(pages).flatMap(([page, articles]) =>
    articles.map((article) => [page, article.title, article] as const),
  );

  it.each(cases)('%s: %s', (number, title, expected) => {
    const source = readFileSync(new URL(seedFiles[number] ?? '', seeds), 'utf8');
    const clue = /^date: (.+)$/m.exec(source)?.[1];
    const text = source.replace(/^---\n[^]*?\n---\n/, '').replace(/<[^>]*>/g, '\n');
    const page = makePage(text, {
      layout: clue === undefined ? 'newspaper' : 'story',
      metadata: { dates: clue === undefined ? [] : [{ text: clue, origin: 'front-matter' }] },
    });
    const paragraphs = text.split('\n').filter((line) => line.trim() !== '');
    const anchors = expected.anchors.map(bare);
    const own = paragraphs.filter(
      (one) => page.layout === 'story' || anchors.some((anchor) => bare(one).includes(anchor)),
    );
    const result = annotate(makeArticle(title, '', { page, paragraphs: own }));
    expect(result.parks.map(({ name }) => name)).toEqual(expected.parks);
    expect(result.date.date).toBe(expected.date);
  });
});
