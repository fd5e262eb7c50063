const digits = '〇一二三四五六七八九';

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
