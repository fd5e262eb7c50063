import type { ParkSummary } from '../api/park-schema.ts';
import type { ParkFinder } from '../parks/find-parks.ts';

/**
 * Parks of the corpus that a word may mean, by any of their names, by pinyin or by initials: those whose
 * name begins so, those whose name holds it, the others, each by how often they are written about.
 */
export function createParkSuggester(
  parkList: () => readonly ParkSummary[],
  findParks: ParkFinder,
): (word: string, limit: number) => ParkSummary[] {
  return function suggestParks(word, limit) {
    const fitting = findParks(parkList(), word);
    const found = new Set([
      ...fitting.filter(({ name }) => name.startsWith(word)),
      ...fitting.filter(({ name }) => name.includes(word)),
      ...fitting,
    ]);
    return [...found].slice(0, limit);
  };
}
