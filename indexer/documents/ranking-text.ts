import type { Token } from '../analyzer/analyzer.ts';
import { packCuts } from '../store/ranking-texts.ts';

/** Text in the spelling of terms, and the offsets at which its tokens begin, UTF-16. */
export interface TermText {
  readonly text: string;
  readonly starts: readonly number[];
}

/**
 * Tokens written one after the other as the terms that they are found by, white space and punctuation
 * as one space: `二〇二五年，ＧＤＰ → 2025年 gdp`. Article and query are compared in this spelling.
 */
export function toTermText(tokens: readonly Token[]): TermText {
  let text = '';
  const starts: number[] = [];
  for (const { term } of tokens) {
    starts.push(text.length);
    text += term === '' ? ' ' : term;
  }
  return { text, starts };
}

/** What ranking keeps of an article's heading and body. */
export function rankingText(heading: readonly Token[], body: readonly Token[]) {
  const first = toTermText(heading);
  const second = toTermText(body);
  const bodyStart = first.text.length + 1;
  const text = `${first.text}\n${second.text}`;
  const starts = [...first.starts, bodyStart - 1, ...second.starts.map((at) => at + bodyStart)];
  return { text, bodyStart, cuts: packCuts(starts, text.length) };
}
