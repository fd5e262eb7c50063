const digits = '〇一二三四五六七八九';
const valueOf = new Map<string, number>([
  ...Array.from(digits, (character, value) => [character, value] as const),
  ['零', 0],
  ['两', 2],
]);
const units = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);

/**
 * The value of a number that is written digit by digit, as ASCII digits: `二〇二五 → 2025`; undefined
 * for anything else.
 */
export function readDigitByDigit(text: string): string | undefined {
  let result = '';
  for (const character of text) {
    const value = valueOf.get(character);
    if (value === undefined || character === '两') return undefined;
    result += String(value);
  }
  return result === '' ? undefined : result;
}

/**
 * The value of a spoken whole number: `五十一万 → 510000`, `两百零三 → 203`, `十二 → 12`; undefined
 * if it is not one in full (`十三五`, `百万`, `二百五`), or greater than 10^16.
 */
export function readSpokenNumber(text: string): string | undefined {
  let total = 0;
  let rest = text;
  for (const [mark, scale] of [
    ['亿', 1e8],
    ['万', 1e4],
    ['', 1],
  ] as const) {
    const at = mark === '' ? rest.length : rest.indexOf(mark);
    if (at < 0) continue;
    const section = rest.slice(0, at);
    rest = rest.slice(at + 1);
    if (section === '') {
      if (mark === '' && total > 0) break;
      return undefined;
    }
    const value = readSection(section, total > 0);
    if (value === undefined) return undefined;
    total += value * scale;
  }
  return Number.isSafeInteger(total) && total > 0 ? String(total) : undefined;
}

/** Below ten thousand. After a larger section, a gap is spoken as 零: 一万零五. */
function readSection(section: string, continues: boolean): number | undefined {
  let total = 0;
  let below = 10_000;
  let digit: number | undefined;
  let sawZero = false;
  let at = 0;
  for (const character of section) {
    const value = valueOf.get(character);
    const unit = units.get(character);
    if (value === 0) {
      if (digit !== undefined || sawZero || (at === 0 && !continues)) return undefined;
      sawZero = true;
    } else if (value !== undefined) {
      if (digit !== undefined) return undefined;
      digit = value;
    } else if (unit !== undefined) {
      // Only ten may go without its one: 十二, but not 百二.
      if (unit >= below || (digit === undefined && (unit !== 10 || at > 0))) return undefined;
      total += (digit ?? 1) * unit;
      below = unit;
      digit = undefined;
      sawZero = false;
    } else return undefined;
    at++;
  }
  if (digit === undefined) return sawZero ? undefined : total;
  // 二百五 is 250 and not 205, 三万五 is 35000; 十三五 is a plan.
  const isOnes = below === 10 || (below === 10_000 && !continues) || sawZero;
  return isOnes ? total + digit : undefined;
}

/** The value of a numeral up to 99 as dates have it (`12`, `十二`, `二十一`, `廿一`, `零三`), or null. */
export function readSmallNumber(text: string): number | null {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const parts = /^([一二三四五六七八九]?)([十廿卅]?)([一二三四五六七八九]?)$/.exec(
    text.replace(/^[零〇○]/, ''),
  );
  if (parts === null || text === '') return null;
  const [, front = '', middle = '', back = ''] = parts;
  if (middle === '') return front !== '' && back !== '' ? null : digitOf(front + back);
  const tens = middle === '廿' ? 2 : middle === '卅' ? 3 : front === '' ? 1 : digitOf(front);
  return tens * 10 + (back === '' ? 0 : digitOf(back));
}

/** The value of a year of four digits (`2023`, `二〇二三`, `二零二三`, `二○二三`), or null. */
export function readYear(text: string): number | null {
  if (text.length !== 4) return null;
  let year = 0;
  for (const char of text) {
    const digit = /\d/.test(char) ? Number(char) : /[零○O]/.test(char) ? 0 : digits.indexOf(char);
    if (digit < 0) return null;
    year = year * 10 + digit;
  }
  return year;
}

function digitOf(char: string): number {
  return Math.max(0, digits.indexOf(char));
}
