import type { Gazetteer } from '../../config/gazetteer.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import type { ParkSummary } from '../api/park-schema.ts';
import { allNames } from '../rewrites/park-names.ts';
import { pinyinLetters, type PinyinTable } from '../rewrites/pinyin-table.ts';

/** The parks of a list that fit what was typed, in the order of the list; all of them for an empty text. */
export type ParkFinder = (parks: readonly ParkSummary[], typed: string) => ParkSummary[];

/**
 * Finds parks by any of their names, by place, type, pinyin or initials. Each word must fit:
 * `贵州 经开`, `貴陽`, `gui yang`, `gygxq`.
 */
export function createParkFinder({
  gazetteer,
  pinyin,
}: {
  readonly gazetteer: Gazetteer;
  readonly pinyin: PinyinTable;
}): ParkFinder {
  const namesOf = ({ id, name, fullName, typeLabel, province, city }: ParkSummary): string[] => {
    const known = gazetteer.byId.get(id);
    return [name, fullName, typeLabel, province, city, ...(known ? allNames(known) : [])];
  };

  const spelled = (typed: string): ReadonlySet<string> => {
    const letters = pinyinLetters(typed);
    if (!/^[a-z]+$/.test(letters)) return new Set();
    return new Set(pinyin.spelledFrom(letters).map(({ park }) => park.id));
  };

  const fits = (word: string): ((park: ParkSummary) => boolean) => {
    const ids = spelled(word);
    return (park) => ids.has(park.id) || namesOf(park).some((name) => name.includes(word));
  };

  return (parks, typed) => {
    const words = normaliseText(typed).text.split(/\s+/u).filter(Boolean).map(fits);
    const asOne = spelled(typed);
    return parks.filter((park) => asOne.has(park.id) || words.every((fitting) => fitting(park)));
  };
}
