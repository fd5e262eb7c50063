import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import type { TextSpan } from '../html/safe-html.ts';

/** What counts as a match, in normalised spelling. */
export interface MatchForms {
  /** Match wherever their letters stand. */
  readonly phrases: readonly string[];
  /** Match as wholes where they are of Latin letters or digits. */
  readonly words: readonly string[];
  /** Terms of numbers, which match however the number is written: 2025, 二〇二五. */
  readonly numbers: readonly string[];
}

export const NO_FORMS: MatchForms = { phrases: [], words: [], numbers: [] };

/** Where a form stands, UTF-16 in the original. */
export interface Match extends TextSpan {
  readonly form: string;
}

/** Where any of the forms stands in the text, sorted by their start; they may overlap. */
export function findMatches(original: string, forms: MatchForms, analyzer: Analyzer): Match[] {
  const normalised = normaliseText(original);
  // A phrase may go over the end of a line.
  const text = normalised.text.replace(/\s/gu, ' ');
  const found: Match[] = [];
  const search = (form: string, isWhole: (start: number, end: number) => boolean) => {
    for (let at = text.indexOf(form); at !== -1;) {
      const isFound = isWhole(at, at + form.length);
      if (isFound) found.push({ ...normalised.toOriginal(at, at + form.length), form });
      at = text.indexOf(form, at + (isFound ? form.length : 1));
    }
  };
  for (const phrase of forms.phrases) search(phrase.replace(/\s/gu, ' '), () => true);
  for (const word of forms.words)
    search(word, (start, end) => !isInsideNumberOrWord(text, start, end));
  if (forms.numbers.length > 0) {
    const wanted = new Set(forms.numbers);
    for (const { start, end, term, parts } of analyzer.analyze(original)) {
      const form = [term, ...parts].find((one) => wanted.has(one));
      if (form !== undefined) found.push({ start, end, form });
    }
  }
  return withoutLoose(found, forms).sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Sorted by start, with overlapping and touching spans made one: 贵阳|高新区 is one mark. */
export function mergeSpans(spans: readonly TextSpan[]): TextSpan[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/**
 * A name that no dictionary knows is cut into 王|小波: beside longer forms a single Chinese character
 * counts only where it touches one of them.
 */
function withoutLoose(matches: Match[], { phrases, words }: MatchForms): Match[] {
  const isSingle = (form: string) => /^\p{Script=Han}$/u.test(form);
  if (phrases.length > 0 || words.every(isSingle) || !words.some(isSingle)) return matches;
  const firm = matches.filter(({ form }) => !isSingle(form));
  const starts = new Set(firm.map(({ start }) => start));
  const ends = new Set(firm.map(({ end }) => end));
  return matches.filter(
    ({ form, start, end }) => !isSingle(form) || starts.has(end) || ends.has(start),
  );
}

/** `12` is not found in `2012` or `3.12`, nor `ai` in `said`: Latin letters and digits match as wholes. */
function isInsideNumberOrWord(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start + 1);
  const after = text.slice(end - 1, end + 2);
  return /[a-z][a-z]$|\d[.,]?\d$/.test(before) || /^[a-z][a-z]|^\d[.,]?\d/.test(after);
}
