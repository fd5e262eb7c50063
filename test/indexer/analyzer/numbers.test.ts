import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDigitByDigit, readSpokenNumber } from '../../../indexer/core/chinese-numerals.ts';
import { readNumber } from '../../../indexer/analyzer/numbers.ts';

describe('readNumber', () => {
  it.each([
    ['2025年', 4, '2025', []],
    ['4,569.44亿元', 9, '456944000000', ['4569.44']],
    ['1.23456万人', 8, '12345.6', ['1.23456']],
    ['0.51万', 5, '5100', ['0.51']],
    ['3千万', 3, '30000000', ['3']],
    ['1.2万亿', 5, '1200000000000', ['1.2']],
    ['5千瓦', 1, '5', []],
    ['3.8%', 4, '3.8%', ['3.8']],
    ['12.50元', 5, '12.50', ['12.5']],
    ['007', 3, '007', []],
    ['09月', 2, '9', []],
    ['1,23', 1, '1', []],
    ['1,2345', 1, '1', []],
    ['2021.09.15', 4, '2021', []],
  ])('reads %s', (text, length, term, parts) => {
    expect(readNumber(text, 0)).toMatchObject({ length, term, parts });
  });
});

describe('readSpokenNumber', () => {
  it.each([
    ['十二', '12'],
    ['一百零三', '103'],
    ['一百二十', '120'],
    ['两千', '2000'],
    ['五十一万', '510000'],
    ['一万零五', '10005'],
    ['一亿两千万', '120000000'],
    ['九千亿', '900000000000'],
  ])('reads %s', (text, value) => {
    expect(readSpokenNumber(text)).toBe(value);
  });

  it.each(['十三五', '百万', '万一', '二百五', '一二三', '零', '千百', '一十一十', '三万五', ''])(
    'takes %s for no number',
    (text) => {
      expect(readSpokenNumber(text)).toBeUndefined();
    },
  );

  it('reads what is spoken of any whole number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), (value) => {
        expect(readSpokenNumber(speak(value))).toBe(String(value));
      }),
    );
  });
});

describe('readDigitByDigit', () => {
  it.each([
    ['二〇二五', '2025'],
    ['一九九零', '1990'],
    ['两〇', undefined],
    ['二十', undefined],
    ['', undefined],
  ])('reads %s', (text, expected) => {
    expect(readDigitByDigit(text)).toBe(expected);
  });
});

/** 10,203 → 一万零二百零三 */
function speak(value: number): string {
  if (value >= 1e8) return `${speak(Math.floor(value / 1e8))}亿${speakRest(value % 1e8, 1e7)}`;
  if (value >= 1e4) return `${speak(Math.floor(value / 1e4))}万${speakRest(value % 1e4, 1e3)}`;
  for (const [scale, unit] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
  ] as const)
    if (value >= scale)
      return `${'〇一二三四五六七八九'.charAt(Math.floor(value / scale))}${unit}${speakRest(value % scale, scale / 10)}`;
  return '〇一二三四五六七八九'.charAt(value);
}

function speakRest(rest: number, next: number): string {
  if (rest === 0) return '';
  return rest < next ? `零${speak(rest)}` : speak(rest);
}
