import type { DateWord } from './date-words.ts';
import { LONGEST_DATE_WORD, readDateWord } from './date-words.ts';

/** A date in words inside a longer text; offsets are UTF-16. */
export interface PlacedDate extends DateWord {
  readonly start: number;
  readonly end: number;
}

/**
 * The date with which a text begins or ends, or that follows one of the names in it, and that is not
 * a piece of another word (2021年度, 今年轻人, 接近一年). Null when there is none.
 */
export function findPlacedDate(
  text: string,
  names: readonly { readonly end: number }[],
  today: string,
): PlacedDate | null {
  if (!/[年月周季]|星期|[天日]$/u.test(text)) return null;
  for (const start of [0, ...names.map((name) => name.end)]) {
    const length = Math.min(LONGEST_DATE_WORD, text.length - start);
    for (let end = start + length; end > start + 1; end--) {
      const word = mayEndAt(text, end) ? readDateWord(text.slice(start, end), today) : null;
      if (word !== null) return { ...word, start, end };
    }
  }
  const earliest = Math.max(0, text.length - LONGEST_DATE_WORD);
  for (let start = earliest; start < text.length - 1; start++) {
    const word = mayBeginAt(text, start) ? readDateWord(text.slice(start), today) : null;
    if (word !== null) return { ...word, start, end: text.length };
  }
  return null;
}

/** What after the last character of a date makes it a piece of another word: 年 in 年度. */
const CONTINUES: Readonly<Record<string, string>> = {
  年: '度底初末中报会版货级龄轻前后内均产间代鉴检审终夜薪假利息限份来多起',
  月: '底初末中度刊报饼份球亮',
  日: '报游内前后均产程记本',
  号: '线楼文院店',
  周: '年刊末边围',
  天: '津然气空',
  期: '间',
};
const CONTINUES_NUMBER = /[0-9A-Za-z〇零○一二三四五六七八九十百千]/;
// 后 begins 后疫情时代 and 起 begins 起草.
const NEEDS_END = /[前后起春夏秋冬]/;
const ENDING = /[的，,、。；;：:\s]/u;

function mayEndAt(text: string, end: number): boolean {
  const last = text[end - 1]!;
  const next = text[end];
  if (next === undefined || ENDING.test(next)) return true;
  if (NEEDS_END.test(last) || CONTINUES_NUMBER.test(next)) return false;
  // 年中 is the middle of a year, but 2021年中国 begins with a date.
  if (next === '中' && /^中[国央关新欧俄]/u.test(text.slice(end))) return true;
  return CONTINUES[last]?.includes(next) !== true;
}

/** What before the first character of a date makes it a piece of another word: 近 in 接近. */
const CONTINUED: Readonly<Record<string, string>> = {
  近: '接附将邻靠逼最临新亲远',
  今: '如而当至现迄',
  去: '过',
  前: '以之目此空',
  本: '日根基资成版样',
  过: '超经通',
  上: '海马天',
};

function mayBeginAt(text: string, start: number): boolean {
  const previous = text[start - 1];
  if (previous === undefined) return true;
  if (CONTINUES_NUMBER.test(previous) || previous === '第') return false;
  return CONTINUED[text[start]!]?.includes(previous) !== true;
}
