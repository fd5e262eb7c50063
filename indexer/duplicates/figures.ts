import { comparableText } from './comparable-text.ts';

/** A number and the characters around it, numbers among them written as `#`. */
export interface Figure {
  /** Canonical: `1126` for `1,126`, `30` for 三十, `2023` for 二〇二三. */
  readonly value: string;
  readonly before: string;
  readonly after: string;
}

// Bounded, so that what is done with a number stays cheap. A single Chinese digit is no figure:
// 一 and 十 are parts of too many words.
const NUMBER = /\d[\d,]{0,30}(?:\.\d{1,20})?|[〇零一二三四五六七八九十百千两]{2,20}/g;
const CONTEXT = 4;
// 〇 and 两 stand ten places after 零 and 二.
const DIGITS = '零一二三四五六七八九〇 两';
const UNITS: Partial<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** The numbers of a text in reading order; punctuation and spaces do not count as context. */
export function figuresOf(text: string): Figure[] {
  const compatible = text.normalize('NFKC');
  const pieces: string[] = [];
  const values: string[] = [];
  let end = 0;
  for (const { 0: written, index } of compatible.matchAll(NUMBER)) {
    pieces.push(comparableText(compatible.slice(end, index)));
    values.push(/^\d/.test(written) ? canonicalArabic(written) : parseChinese(written));
    end = index + written.length;
  }
  const masked = [...pieces, comparableText(compatible.slice(end))].join('#');
  let at = -1;
  return values.map((value) => {
    at = masked.indexOf('#', at + 1);
    return {
      value,
      before: masked.slice(Math.max(0, at - CONTEXT), at),
      after: masked.slice(at + 1, at + 1 + CONTEXT),
    };
  });
}

/**
 * Compares the numbers that stand between the same words in both texts: how many agree, and how
 * many differ. A number whose surroundings the other text lacks is left out: it belongs to what one
 * of them lost or took in.
 */
export function compareFigures(
  some: readonly Figure[],
  others: readonly Figure[],
): { agreeing: number; differing: number } {
  const known = new Map<string, Set<string>>();
  for (const figure of others)
    for (const context of contextsOf(figure)) {
      const values = known.get(context);
      if (values === undefined) known.set(context, new Set([figure.value]));
      else values.add(figure.value);
    }
  let agreeing = 0;
  let differing = 0;
  for (const figure of some) {
    const values = contextsOf(figure).flatMap((context) => known.get(context) ?? []);
    if (values.length === 0) continue;
    if (values.some((set) => set.has(figure.value))) agreeing += 1;
    else differing += 1;
  }
  return { agreeing, differing };
}

function contextsOf({ before, after }: Figure): string[] {
  return [`${before}#`, `#${after}`];
}

function canonicalArabic(written: string): string {
  const plain = written.replaceAll(',', '').replace(/^0+(?=\d)/, '');
  return plain.includes('.') ? plain.replace(/0+$/, '').replace(/\.$/, '') : plain;
}

function parseChinese(written: string): string {
  const values = Array.from(written, (char) => DIGITS.indexOf(char));
  if (values.every((value) => value >= 0))
    return canonicalArabic(values.map((value) => value % 10).join(''));
  let total = 0;
  let digit = 0;
  for (let at = 0; at < written.length; at++) {
    const unit = UNITS[written.charAt(at)];
    if (unit === undefined) digit = values[at]! % 10;
    else {
      total += Math.max(digit, 1) * unit;
      digit = 0;
    }
  }
  return String(total + digit);
}
