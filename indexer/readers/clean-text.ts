export interface CleanText {
  /** `\n` line ends; no controls but tab, newline and form feed; well-formed UTF-16. */
  readonly text: string;
  /** What was removed that someone may want to know of, in Chinese. */
  readonly notes: readonly string[];
}

const UNCLEAN =
  /[\0-\x08\x0b\r\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]|\p{Cs}/u;
const LINE_ENDS = /\r\n?|[\x0b\x85\u2028\u2029]/g;
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const CONTROLS = /[\0-\x08\x0e-\x1f\x7f-\x9f]/g;
/** They break words for the analyzer and show nothing: joiners, soft hyphens, stray byte order marks. */
const INVISIBLE = /[\xad\u200b\u2060\ufeff]/g;

/**
 * Returns foreign text in the form that pages have. Bidi controls go because they make a line read
 * differently from what it says; lone surrogates become U+FFFD because SQLite and JSON disagree on them.
 */
export function cleanText(raw: string): CleanText {
  if (!UNCLEAN.test(raw)) return { text: raw, notes: [] };
  const notes: string[] = [];
  const replaceAndCount = (text: string, pattern: RegExp, by: string, what: string): string => {
    let count = 0;
    const replaced = text.replace(pattern, () => {
      count++;
      return by;
    });
    if (count > 0) notes.push(`${what} ${count} 处`);
    return replaced;
  };
  let text = raw.replace(LINE_ENDS, '\n').replace(INVISIBLE, '');
  text = replaceAndCount(text, CONTROLS, '', '已去掉控制字符（如 NUL）');
  text = replaceAndCount(text, BIDI, '', '已去掉双向排版控制符');
  text = replaceAndCount(text, /\p{Cs}/gu, '\ufffd', '已把不成对的 UTF-16 代理项换成 �：');
  return { text, notes };
}

/** Returns clean text on one line: white space becomes one space, a line break between Chinese characters nothing. */
export function oneLine(raw: string): string {
  return cleanText(raw)
    .text.replace(
      /(?<=[\u2e80-\u9fff\uff00-\uff60])[ \t]*\n\s*(?=[\u2e80-\u9fff\uff00-\uff60])/gu,
      '',
    )
    .replace(/\s+/gu, ' ')
    .trim();
}
