import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../indexer/annotators/calendar-date.ts';
import { readDateClue } from '../../../indexer/annotators/date-clue.ts';

describe('readDateClue', () => {
  const clues: readonly [string, string | null][] = [
    ['20230722', '2023-07-22'],
    ['2022-03-07 17:59:35 +0800', '2022-03-07'],
    ['2022/3/7', '2022-03-07'],
    ['2022.03.07', '2022-03-07'],
    ['2022年3月7日', '2022-03-07'],
    ['2022年3月', '2022-03'],
    ['2022年', '2022'],
    ['2022-03', '2022-03'],
    ['202203', '2022-03'],
    ['2022', '2022'],
    ['２０２２年３月７日', '2022-03-07'],
    ['2022 年 3 月 7 日', '2022-03-07'],
    ['二〇二三年五月', '2023-05'],
    ['二零二三年十二月三十一日', '2023-12-31'],
    ['二○二三年五月廿一日', '2023-05-21'],
    ['2022030703', '2022-03-07'],
    ['20220307175935', '2022-03-07'],
    ['2022-03-06T16:30:00Z', '2022-03-07'],
    ['2022-03-06T15:59:00Z', '2022-03-06'],
    ['2022-03-07T01:00:00+08:00', '2022-03-07'],
    ['2022-03-06T12:30:00.000-0500', '2022-03-07'],
    ['Mon, 07 Mar 2022 17:59:35 +0800', '2022-03-07'],
    ['March 7, 2022', '2022-03-07'],
    ['1646647175', '2022-03-07'],
    ['1646647175000', '2022-03-07'],
    ['发布时间：2022-03-07', '2022-03-07'],
    ['2022-02-30', null],
    ['20221340', null],
    ['2022年13月', null],
    ['3月7日', null],
    ['第1234期', null],
    ['昨天', null],
    ['', null],
  ];
  it.each(clues)('%s', (text, iso) => {
    const date = readDateClue(text);
    expect(date === null ? null : isoDate(date)).toBe(iso);
  });

  it('gives only dates of the calendar, for any text', () => {
    const digits = fc.string({
      unit: fc.constantFrom(...'0123456789-/年月日二〇 T:Z'.split('')),
      maxLength: 24,
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), digits), (text) => {
        const date = readDateClue(text);
        expect(date === null || isoDate(date) !== null).toBe(true);
      }),
    );
  });
});
