import type { Gazetteer } from '../../config/gazetteer.ts';
import type { ParkSummary } from '../api/park-schema.ts';
import { findParks } from '../parks.ts';
import { createParksByPinyin } from '../rewrites/pinyin.ts';
import type { PinyinTable } from '../rewrites/pinyin-table.ts';

/**
 * Parks of the corpus that a word may mean, by any of their names, by pinyin or by initials: those whose
 * name begins so, those that are spelled so, then by how often they are written about.
 */
export function createParkSuggester(
  parkList: () => readonly ParkSummary[],
  gazetteer: Gazetteer,
  pinyin: PinyinTable,
): (word: string, limit: number) => ParkSummary[] {
  const parksByPinyin = createParksByPinyin(pinyin);
  return function suggestParks(word, limit) {
    const parks = parkList();
    const byId = new Map(parks.map((park) => [park.id, park]));
    const named = findParks(parks, gazetteer, word);
    const found = new Set([
      ...named.filter(({ name }) => name.startsWith(word)),
      ...parksByPinyin(word).flatMap(({ id }) => byId.get(id) ?? []),
      ...named.filter(({ name }) => name.includes(word)),
      ...named,
    ]);
    return [...found].slice(0, limit);
  };
}
