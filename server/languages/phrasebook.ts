import type { EnglishPhrases } from '../../config/english-phrases.ts';

/** A phrase of the interface that a text was recognised as. */
interface FoundPhrase {
  /** As the phrasebook writes it: `第 {1} 页`. */
  readonly chinese: string;
  /** What stands in its places, the first of them first. */
  readonly values: readonly string[];
}

export type FindPhrase = (words: string) => FoundPhrase | null;

const PLACE = /\{(\d)\}/g;
/** What may stand in a place without being foreign: a date or a number. */
const VALUE = /\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d+(?:[,.]\d+)*/g;

/**
 * Recognises the texts of the interface: the very phrase, else one with numbers and dates in its places,
 * else one with anything in them, the longest first.
 */
export function createPhraseFinder(phrases: EnglishPhrases): FindPhrase {
  const exact = new Set(Object.keys(phrases));
  const withPlaces = [...exact].filter((chinese) => chinese.match(PLACE) !== null);
  const shapes = new Map(withPlaces.map((chinese) => [chinese.replace(PLACE, '#'), chinese]));
  const patterns = withPlaces
    .sort((a, b) => literalLength(b) - literalLength(a))
    .map((chinese) => ({ chinese, pattern: patternOf(chinese) }));

  return (words) => {
    if (exact.has(words)) return { chinese: words, values: [] };
    const shape = shapes.get(words.replace(VALUE, '#'));
    if (shape !== undefined) return { chinese: shape, values: inOrder(shape, words.match(VALUE)!) };
    for (const { chinese, pattern } of patterns) {
      const match = pattern.exec(words);
      if (match !== null) return { chinese, values: inOrder(chinese, match.slice(1)) };
    }
    return null;
  };
}

function literalLength(chinese: string): number {
  return chinese.replace(PLACE, '').length;
}

function patternOf(chinese: string): RegExp {
  const literals = chinese
    .split(/\{\d\}/)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${literals.join('(.+?)')}$`, 'su');
}

/** What was found from left to right, by the numbers of the places. */
function inOrder(chinese: string, found: readonly string[]): string[] {
  const values: string[] = [];
  [...chinese.matchAll(PLACE)].forEach(([, number], at) => {
    values[Number(number) - 1] = found[at] ?? '';
  });
  return values;
}
