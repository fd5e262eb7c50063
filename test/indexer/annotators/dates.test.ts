import { describe, expect, it } from 'vitest';
import { createDateAnnotator } from '../../../indexer/annotators/dates.ts';
import type { Annotation, DateAnnotation } from '../../../indexer/annotators/annotation.ts';
import { makeArticle, makePage } from './make-article.ts';

const annotator = createDateAnnotator(2026);
const isDate = (found: Annotation): found is DateAnnotation => found.type === 'date';

/** The dates of a text printed on a day: words → date. */
function mentionsIn(text: string, printed = '2022-03-07'): Record<string, string> {
  const page = makePage(text, { metadata: { dates: [{ text: printed, origin: 'record' }] } });
  const found = annotator.annotate(makeArticle('题', text, { page }), []).filter(isDate);
  return Object.fromEntries(
    found
      .filter(({ role }) => role === 'mention')
      .map(({ start, end, date }) => [text.slice(start, end), date]),
  );
}

describe('createDateAnnotator', () => {
  it('gives the date of printing once, first, without a place', () => {
    const found = annotator
      .annotate(makeArticle('2022年3月7日', '（2022年3月7日）'), [])
      .filter(isDate);
    expect(found.map(({ role, field }) => [role, field])).toEqual([
      ['publication', 'metadata'],
      ['mention', 'title'],
      ['mention', 'text'],
    ]);
    expect(found[0]).toMatchObject({ date: '2022-03-07', precision: 'day', start: 0, end: 0 });
  });

  const relative: readonly [string, string | undefined][] = [
    ['今年', '2022'],
    ['去年', '2021'],
    ['前年', '2020'],
    ['去年11月8日', '2021-11-08'],
    ['今年1-2月', '2022-02'],
    ['今年一季度', '2022-03'],
    ['去年前三季度', '2021-09'],
    ['昨日', '2022-03-06'],
    ['前天', '2022-03-05'],
    ['日前', '2022-03'],
    ['上月', '2022-02'],
    ['3月1日', '2022-03-01'],
    ['12月28日', '2021-12-28'],
    ['4月2日', '2022-04-02'],
    ['3月1日至5日', '2022-03-05'],
    ['二〇二一年五月十八日', '2021-05-18'],
    ['２０２１年５月', '2021-05'],
    ['2021.05.18', '2021-05-18'],
  ];
  it.each(relative)('reads %s in a paper of 2022-03-07 as %s', (words, date) => {
    expect(mentionsIn(`${words}，园区签约`)).toEqual({ [words]: date });
  });

  it('knows no day and no month that the date of printing lacks', () => {
    expect(mentionsIn('昨日，日前，上月，今年', '2022')).toEqual({ 今年: '2022' });
    expect(mentionsIn('昨日，上月', '2022-01')).toEqual({ 上月: '2021-12' });
  });

  it('carries a year through its sentence only', () => {
    expect(mentionsIn('2020年5月3日签约，6月4日开工。6月5日投产。')).toEqual({
      '2020年5月3日': '2020-05-03',
      '6月4日': '2020-06-04',
      '6月5日': '2022-06-05',
    });
  });

  it('leaves out what no calendar has', () => {
    expect(mentionsIn('2月30日，13月1日，2021年2月29日')).toEqual({});
  });

  it('keeps the reasoning', () => {
    const page = makePage('', { metadata: { dates: [{ text: '2022-03-07', origin: 'record' }] } });
    const [, found] = annotator
      .annotate(makeArticle('题', '去年签约', { page }), [])
      .filter(isDate);
    expect(found?.evidence).toBe('正文“去年”，按发表日期 2022年3月7日推算');
  });

  it('lets the stories of a page share its evidence', () => {
    const page = makePage('3月4日签约。\n\n近日印发。\n\n2021年，产值同比增长9%。');
    const dates = ['3月4日签约。', '近日印发。'].map(
      (text) => annotator.annotate(makeArticle('题', text, { page }), []).filter(isDate)[0]?.date,
    );
    expect(dates).toEqual(['2022-03', '2022-03']);
  });
});
