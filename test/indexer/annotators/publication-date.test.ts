import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../indexer/annotators/calendar-date.ts';
import { findPublication } from '../../../indexer/annotators/publication-date.ts';
import type { DateClue } from '../../../indexer/readers/page.ts';
import { makePage } from './make-article.ts';

function publicationOf(text: string, dates: readonly DateClue[] = []) {
  const { date, evidence } = findPublication(makePage(text, { metadata: { dates } }), 2026);
  return { date: date === null ? null : isoDate(date), evidence };
}

describe('findPublication from metadata', () => {
  const sidecar = (text: string): DateClue => ({ text, origin: 'sidecar' });
  const fileName = (text: string): DateClue => ({ text, origin: 'file-name' });

  it('believes the strongest clue and says so', () => {
    const found = publicationOf('2019年1月2日', [sidecar('2022-03-07'), fileName('20220308')]);
    expect(found).toEqual({ date: '2022-03-07', evidence: '旁注文件“2022-03-07”' });
  });

  it('passes over a clue that is no date', () => {
    expect(publicationOf('', [sidecar('上周'), fileName('20220308')]).date).toBe('2022-03-08');
    expect(publicationOf('', [sidecar('2022-02-30')]).date).toBeNull();
  });

  it('completes a clue by a weaker one or by the text, never corrects it', () => {
    expect(publicationOf('', [sidecar('2022年3月'), fileName('20220307')]).date).toBe('2022-03-07');
    expect(publicationOf('', [sidecar('2022年3月'), fileName('20220507')]).date).toBe('2022-03');
    expect(publicationOf('本报讯 3月7日电 消息', [sidecar('2022年3月')]).date).toBe('2022-03-07');
    expect(publicationOf('3月1日开工。3月4日签约', [sidecar('2022')]).date).toBe('2022-03');
    expect(publicationOf('5月4日签约', [sidecar('2022年3月')]).date).toBe('2022-03');
  });
});

describe('findPublication from what the page prints', () => {
  const printed: readonly [string, string][] = [
    ['示例报 2022年3月7日 星期一 第5版\n\n今年以来……', '2022-03-07'],
    ['第03版 园区 2022年4月12日\n\n3月底……', '2022-04-12'],
    ['正文结束。（2022年3月7日）', '2022-03-07'],
    ['发布时间：2022-03-07 10:00\n\n正文', '2022-03-07'],
    ['本报合肥2022年3月18日电 ……', '2022-03-18'],
    ['本报合肥3月18日电 2021年，园区产值同比增长20%。', '2022-03-18'],
  ];
  it.each(printed)('%s', (text, date) => expect(publicationOf(text).date).toBe(date));
});

describe('findPublication from reported days', () => {
  const reported: readonly [string, string, string | null][] = [
    [
      'the latest past day, to the month',
      '3月1日，园区开工。2月26日签约。2021年，园区总产值同比增长20%。',
      '2022-03',
    ],
    [
      'plans of a new year',
      '2月3日签约。2020年完成投资9亿元，同比增长8%。2021年要狠抓招商。',
      '2021-02',
    ],
    [
      'plans at the end of a year',
      '12月20日开会，部署2023年工作会筹备。2023年要做好三件事。',
      '2022-12',
    ],
    ['a day written out in full', '2021年9月3日，园区签约。到2025年产值千亿元。', '2021-09'],
    ['a year carried through the sentence', '2021年9月3日签约，9月10日开工。', '2021-09'],
    ['not a deadline', '3月4日签约，6月30日前完工。2021年，产值增长9%。', '2022-03'],
    ['not the first day of a rule', '3月4日印发，5月1日起施行。2021年，产值增长9%。', '2022-03'],
    ['not what is announced', '3月4日签约，大会将于5月1日召开。2021年，产值增长9%。', '2022-03'],
    [
      'December on a page of January',
      '1月5日签约，12月28日开工。2022年产值同比增长9%。',
      '2023-01',
    ],
    ['full-width and Chinese numerals', '３月４日签约。二〇二一年，产值同比增长9%。', '2022-03'],
    [
      'no day beside figures up to a month',
      '今年1—8月增长9%，8月3日签约。2021年，产值同比增长9%。',
      '2022',
    ],
    ['no year', '3月5日，园区签约。', null],
    ['an impossible day', '2月30日签约。2021年，产值同比增长9%。', null],
    ['nothing', '园区签约。', null],
    ['one old year', '园区2009年设立。', null],
  ];
  it.each(reported)('%s', (_, text, date) => expect(publicationOf(text).date).toBe(date));

  it('says in Chinese how it came to the date', () => {
    expect(publicationOf('3月1日，园区开工。2021年，园区总产值同比增长20%。').evidence).toBe(
      '全版最晚的已发生日期是“3月1日”，“2021年”已成过去，年份取 2022 年；只能取到月',
    );
    expect(publicationOf('3月5日，园区签约。').evidence).toBe('正文只有“3月5日”，没有年份');
    expect(publicationOf('').evidence).toBe('元数据与正文都没有日期');
  });

  it('does not believe a year to come', () => {
    const page = makePage('2031年3月1日签约');
    expect(findPublication(page, 2026).date).toBeNull();
  });
});
