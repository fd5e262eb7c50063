import { readDigitByDigit, readSpokenNumber } from '../core/chinese-numerals.ts';
import type { HanWord } from './scan.ts';
import type { Segmenter } from './segmenter.ts';

interface SpokenNumber {
  readonly start: number;
  readonly end: number;
  readonly term: string;
  readonly parts: readonly string[];
}

const none: readonly string[] = [];
/** 九千九百九十九万九千九百九十九亿 has 16; more is a row of figures, and too long for a term. */
const MAX_NUMERAL_LENGTH = 24;
const mayHoldNumber = /[〇零一二两三四五六七八九十百千万亿]{2}|百分之/;
const numerals =
  /百分之([零一二两三四五六七八九十百]+(?:点[零一二三四五六七八九]+)?)|[〇零一二两三四五六七八九十百千万亿]{2,}/g;
/** What may follow a number within one word of the dictionary: 十二月, 八十年代, 五十一万人. */
const counted =
  /^(?:[年月日号时点分秒岁元角人名位个家项件亩吨米里户次届期天周倍余多种条台辆套架座艘]|年代|世纪|周年|小时|分钟)/;

/** Cuts runs of Chinese characters into words with their parts, and into spoken numbers. */
export function createHanCutter(segmenter: Segmenter): (run: string) => HanWord[] {
  function toWord(term: string): HanWord {
    const parts = term.length > 2 ? segmenter.wordsInside(term) : none;
    return { length: term.length, kind: 'word', term, parts };
  }

  function toCountingWord(term: string): HanWord {
    const word = toWord(term);
    const value = smallNumberIn(term);
    return value === undefined ? word : { ...word, parts: [...word.parts, value] };
  }

  return function cutHan(run) {
    const cut = segmenter.cut(run);
    if (!mayHoldNumber.test(run)) return cut.map(toWord);
    const numbers = findNumbers(run, cut);
    if (numbers.length === 0) return cut.map(toCountingWord);
    let at = 0;
    const result = numbers.flatMap(({ start, end, term, parts }): HanWord[] => {
      const before = segmenter.cut(run.slice(at, start)).map(toCountingWord);
      at = end;
      return [...before, { length: end - start, kind: 'number', term, parts }];
    });
    return [...result, ...segmenter.cut(run.slice(at)).map(toCountingWord)];
  };
}

/** The spoken numbers of a run that are not pieces of other words, such as 二十大 or 三十而立. */
function findNumbers(run: string, words: readonly string[]): SpokenNumber[] {
  const borders = new Set([0]);
  let border = 0;
  for (const word of words) borders.add((border += word.length));
  const wordsUpTo = collectUpTo(words);
  const found: SpokenNumber[] = [];
  for (const match of run.matchAll(numerals)) {
    const [written, percent] = match;
    const start = match.index;
    const end = start + written.length;
    if (written.length > MAX_NUMERAL_LENGTH) continue;
    if (percent !== undefined) {
      const value = readPercent(percent);
      if (value !== undefined) found.push({ start, end, term: `${value}%`, parts: [value] });
      continue;
    }
    const value = readNumeral(written, run.charAt(end));
    if (value === undefined || value.length < 3 || !startsFree(run, start, borders)) continue;
    if (!borders.has(end) && !counted.test(run.slice(end)) && !splitsUnit(run, start, end, borders))
      continue;
    const parts = new Set([written, ...wordsUpTo(start, end)]);
    found.push({ start, end, term: value, parts: [...parts] });
  }
  return found;
}

function readNumeral(written: string, next: string): string | undefined {
  if (/[十百千万亿]/.test(written)) return readSpokenNumber(written);
  // A year, or a row of figures that is told by its zero: 一二三产业 and 七七事变 are neither.
  if (written.length === 4 && next === '年') return readDigitByDigit(written);
  return written.length >= 3 && /[〇零]/.test(written) ? readDigitByDigit(written) : undefined;
}

function readPercent(spoken: string): string | undefined {
  const [whole = '', decimals] = spoken.split('点');
  const integer =
    whole.length === 1
      ? (readDigitByDigit(whole) ?? readSpokenNumber(whole))
      : readSpokenNumber(whole);
  if (integer === undefined || decimals === undefined) return integer;
  const figures = readDigitByDigit(decimals);
  return figures === undefined ? undefined : `${integer}.${figures}`;
}

/**
 * 14 in 十四届, 39 in 第三十九. Below a hundred a number is mostly one word with what it counts, and
 * 二十 of a congress is not 20 of a date: such words stay, and their value is one of their parts.
 */
function smallNumberIn(word: string): string | undefined {
  const spoken = /[一二三四五六七八九十]{2,3}/.exec(word)?.[0];
  const value = spoken === undefined ? undefined : readSpokenNumber(spoken);
  return value?.length === 2 ? value : undefined;
}

/** 第 is an ordinal and no part of the number; 数十万 and 几百 are no numbers. */
function startsFree(run: string, start: number, borders: ReadonlySet<number>): boolean {
  const before = run.charAt(start - 1);
  if (before === '数' || before === '几') return false;
  return before === '第' || borders.has(start);
}

/** In 五十|一万人 the second word is cut off wrongly: it begins inside the number. */
function splitsUnit(
  run: string,
  start: number,
  end: number,
  borders: ReadonlySet<number>,
): boolean {
  for (let at = end - 1; at > start; at--)
    if (borders.has(at)) return /[万亿千百]/.test(run.slice(at, end));
  return false;
}

/**
 * Gives the words of which something lies in a span: 五十 and 万人 for 五十一万 in 五十|一|万人. To be
 * asked for spans in order: a page of numbers is then passed once.
 */
function collectUpTo(words: readonly string[]): (start: number, end: number) => string[] {
  let index = 0;
  let at = 0;
  return (start, end) => {
    const found: string[] = [];
    for (let word = words[index]; word !== undefined && at < end; word = words[index]) {
      if (at + word.length > start && word.length > 1) found.push(word);
      // The last word may reach into the next span as well.
      if (at + word.length > end) break;
      at += word.length;
      index++;
    }
    return found;
  };
}
