import { ConverterFactory } from 'opencc-js/core';
import * as openCC from 'opencc-js/preset/cn2t';
import type { EnglishPhrases } from '../../config/english-phrases.ts';
import type { Language } from './language.ts';
import { fillPhrase, phrasePlaces } from './phrase.ts';
import { createPhraseFinder } from './phrasebook.ts';

/** Says a text of the interface in a language; what stands in its places is left as it is. */
export type Localise = (words: string, language: Language) => string;

const DATE = /^(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?$/;

/** Turns the interface's Chinese into its other languages, with the phrases of `config/interface/english.yaml`. */
export function createLocaliser(phrases: EnglishPhrases): Localise {
  const find = createPhraseFinder(phrases);

  function localise(words: string, language: Language): string {
    if (language === 'zh-Hans') return words;
    if (DATE.test(words)) return dateIn(words, language);
    const found = find(words);
    if (found === null) return language === 'zh-Hant' ? toTraditional(words) : words;
    const { chinese, values } = found;
    const phrase = phrases[chinese]!;
    const places = phrasePlaces(phrase);
    const said = values.map((value, at) =>
      places.has(at + 1) ? localise(value, language) : dateIn(value, language),
    );
    return fillPhrase(language === 'zh-Hant' ? toTraditional(chinese) : phrase, said);
  }

  return localise;
}

/** `2022年3月1日` → `1 Mar 2022`; anything else, and any date in Chinese, stays. */
function dateIn(words: string, language: Language): string {
  const match = DATE.exec(words);
  if (match === null || language !== 'en') return words;
  const [, year, month, day] = match;
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month !== undefined && { month: 'short' }),
    ...(day !== undefined && { day: 'numeric' }),
  }).format(new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1))));
}

let convert: ((text: string) => string) | undefined;

/** Simplified Chinese in the traditional characters of OpenCC's Taiwan standard: `检索后台 → 檢索後臺`. */
export function toTraditional(text: string): string {
  // The tables take a moment to read, and most readers never need them.
  convert ??= ConverterFactory(openCC.from['cn']!, openCC.to['tw']!);
  return convert(text);
}
