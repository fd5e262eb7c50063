import type { Gazetteer } from '../../config/gazetteer.ts';
import { foldName, foldText } from '../../indexer/annotators/folded-text.ts';
import { createNameSearch } from '../../indexer/core/trie.ts';
import { allNames } from './park-names.ts';

// Those in the place of the usual brackets mean nothing to the query language, and the analyzer reads them alike.
const USUAL = '()（）';
const PROTECTED = '﹙﹚︵︶';

/**
 * Builds the pass over a query that comes before parsing: brackets inside a park's name become
 * others, which group nothing: `西部(重庆)科学城 招商 → 西部﹙重庆﹚科学城 招商`. Every character keeps
 * its place, so positions in messages stay right.
 */
export function createNameProtector({ parks }: Gazetteer): (input: string) => string {
  const names = parks
    .flatMap(allNames)
    .map(foldName)
    .filter((name) => name.includes('('));
  const namesAt = createNameSearch(new Map(names.map((name) => [name, name])));

  return function protectParkNames(input) {
    if (!/[(（]/.test(input)) return input;
    const { text, origins } = foldText(input);
    const units = input.split('');
    for (let start = 0; start < text.length; start++) {
      let nameEnd = start;
      namesAt(text, start, (end) => {
        nameEnd = end;
      });
      for (let at = start; at < nameEnd; at++) {
        const origin = origins[at]!;
        units[origin] = PROTECTED[USUAL.indexOf(units[origin]!)] ?? units[origin]!;
      }
      if (nameEnd > start) start = nameEnd - 1;
    }
    return units.join('');
  };
}

/** The text as it was typed, its protected brackets made the usual ones again. */
export function plainBrackets(text: string): string {
  return text.replace(/[﹙﹚︵︶]/g, (bracket) => USUAL[PROTECTED.indexOf(bracket)]!);
}
