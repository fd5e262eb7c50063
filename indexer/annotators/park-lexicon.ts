import type { Gazetteer } from '../../config/gazetteer.ts';
import { createNameTrie, type NameTrie } from './name-trie.ts';
import { collectMeanings, type NameMeaning } from './park-meanings.ts';

/** An entry of the trie: a park's name, a province's or city's name (`武汉市` → `武汉`), or both. */
interface Lexeme {
  readonly meaning: NameMeaning | null;
  readonly place: string | null;
}

export interface ParkLexicon {
  readonly trie: NameTrie<Lexeme>;
  readonly meaningOf: (foldedName: string) => NameMeaning | null;
  /** Places and what stands before 高新区 and the like in the parks' names: 武汉, 锡山. */
  readonly isStem: (folded: string) => boolean;
  /** The place of that name, `武汉市` → `武汉`; null when it is none. */
  readonly placeOf: (folded: string) => string | null;
}

/** The city Jilin bears its province's name; only with 市 is it the city. */
export const JILIN_CITY = '吉林市';

/** All names and places of the gazetteer. Takes about 20 ms; build it once. */
export function createParkLexicon(gazetteer: Gazetteer): ParkLexicon {
  const meanings = collectMeanings(gazetteer);
  const places = collectPlaces(gazetteer);
  const stems = new Set(places.values());
  for (const { name } of gazetteer.parks) {
    const stem = PARK_SUFFIX.exec(name);
    if (stem !== null && stem.index >= 2) stems.add(name.slice(0, stem.index));
  }
  const lexemes = new Map<string, Lexeme>();
  for (const [name, meaning] of meanings) lexemes.set(name, { meaning, place: null });
  for (const [name, place] of places)
    lexemes.set(name, { meaning: meanings.get(name) ?? null, place });
  return {
    trie: createNameTrie(lexemes),
    meaningOf: (name) => meanings.get(name) ?? null,
    isStem: (name) => stems.has(name),
    placeOf: (name) => places.get(name) ?? null,
  };
}

const PARK_SUFFIX = /(?:高新区|经开区|综合保税区|开发区|工业园区|台商投资区)$/;

/** Name as printed (folded) → short name. */
function collectPlaces({ parks, traps }: Gazetteer): Map<string, string> {
  const places = new Map<string, string>();
  const provinces = new Set(parks.map((park) => park.province));
  const cities = new Set([
    ...parks.flatMap((park) => [park.city, ...park.cities]),
    ...traps.otherPlaces,
  ]);
  for (const place of provinces) for (const name of [place, `${place}省`]) places.set(name, place);
  for (const place of cities)
    for (const name of [place, `${place}市`, `${place}州`])
      if (!places.has(name)) places.set(name, place);
  for (const [full, place] of autonomousRegions) places.set(full, place);
  places.set(JILIN_CITY, JILIN_CITY);
  return places;
}

const autonomousRegions = [
  ['内蒙古自治区', '内蒙古'],
  ['广西壮族自治区', '广西'],
  ['西藏自治区', '西藏'],
  ['宁夏回族自治区', '宁夏'],
  ['新疆维吾尔自治区', '新疆'],
  ['新疆生产建设兵团', '新疆'],
  ['雄安新区', '雄安'],
] as const;
