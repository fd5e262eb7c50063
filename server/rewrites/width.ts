import { tokenizeQuery } from '../query/query-tokens.ts';
import { textConverter } from './convert-texts.ts';

const LETTERS_AND_DIGITS = /[０-９Ａ-Ｚａ-ｚ]/g;
const SIGNS_OF_FIGURES = /[．％＋－／＆＃＠＿＊]/g;
const COMMAS_IN_FIGURES = /(?<=[0-9])，(?=[0-9])/g;

/** Full-width letters, digits and the signs of figures made half-width: `ＧＤＰ增长３．８％ → GDP增长3.8%`. */
export const widthRewriter = textConverter('width', toHalfWidth);

/**
 * Chinese punctuation keeps its width. A text that the query language would then read as one of its
 * signs (`－招商`, `ＯＲ`) stays as it is, or only its letters and digits change.
 */
function toHalfWidth(text: string): string {
  const letters = text.replace(LETTERS_AND_DIGITS, narrowUnit);
  if (letters !== text || /[0-9A-Za-z]/.test(text)) {
    const all = letters
      .replace(SIGNS_OF_FIGURES, narrowUnit)
      .replace(COMMAS_IN_FIGURES, narrowUnit);
    if (isOneText(all)) return all;
  }
  return isOneText(letters) ? letters : text;
}

function narrowUnit(unit: string): string {
  return String.fromCharCode(unit.charCodeAt(0) - 0xfee0);
}

function isOneText(text: string): boolean {
  const [token, ...more] = tokenizeQuery(text);
  return more.length === 0 && token?.type === 'text' && token.text === text;
}
