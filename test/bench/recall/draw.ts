import type { Analyzer } from '../../../indexer/analyzer/analyzer.ts';

const SHORTEST = 2;
const LONGEST = 6;

/** Quotes and what the query language reads as such, and line ends. */
const UNFIT = /["＂“”「」『』\\\r\n]/u;
const TELLING = /[\p{L}\p{N}]/u;
const LATIN_OR_DIGIT = /[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]/;

/** Of the strings, the share that must hold a digit or a Latin letter: left to chance, few would. */
const LATIN_SHARE = 0.2;

/**
 * Returns words of two characters and more as the analyzer cuts them in the texts, each once: a word of a
 * text drawn at random, every text and every word in it with the same chance.
 */
export function drawWords(
  texts: readonly string[],
  count: number,
  analyzer: Analyzer,
  random: () => number,
): string[] {
  return drawDistinct(count, () => {
    const words = new Set<string>();
    for (const { text, term } of analyzer.analyze(pick(texts, random)))
      // `OR` alone is an operator of the query language.
      if (term !== '' && text.length >= SHORTEST && text !== 'OR') words.add(text.trim());
    return words.size === 0 ? null : pick([...words], random);
  });
}

/**
 * Returns strings of two to six characters from random places of the texts, within a line, each once;
 * without quotes, without white space at the ends, and with a letter or digit.
 */
export function drawStrings(
  texts: readonly string[],
  count: number,
  random: () => number,
): string[] {
  const lines = texts.map((text) => text.split('\n').map((line) => Array.from(line)));
  const drawOne = (): string | null => {
    const line = pick(pick(lines, random), random);
    const length = SHORTEST + Math.floor(random() * (LONGEST - SHORTEST + 1));
    if (line.length < length) return null;
    const start = Math.floor(random() * (line.length - length + 1));
    const text = line.slice(start, start + length).join('');
    return text.trim() === text && TELLING.test(text) && !UNFIT.test(text) ? text : null;
  };
  const withLatin = drawDistinct(Math.round(count * LATIN_SHARE), () => {
    const text = drawOne();
    return text !== null && LATIN_OR_DIGIT.test(text) ? text : null;
  });
  return [...new Set([...withLatin, ...drawDistinct(count, drawOne)])].slice(0, count);
}

const MOST_ATTEMPTS = 1_000;

/** Draws until there are enough, or small texts have no more to give. */
function drawDistinct(count: number, draw: () => string | null): string[] {
  const drawn = new Set<string>();
  for (let attempt = 0; drawn.size < count && attempt < count * MOST_ATTEMPTS; attempt++) {
    const one = draw();
    if (one !== null) drawn.add(one);
  }
  return [...drawn];
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  return items[Math.floor(random() * items.length)]!;
}
