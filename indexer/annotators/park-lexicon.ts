import type { Gazetteer, NameTraps, Park } from '../../config/gazetteer.ts';
import { createNameSearch } from '../core/trie.ts';
import { foldName } from './folded-text.ts';

/** How a name is listed in the gazetteer. */
type ParkNameKind = 'name' | 'full-name' | 'alias' | 'former-name' | 'ambiguous';

/** What a name in a text may mean. */
export interface NameMeaning {
  /** Folded. */
  readonly name: string;
  readonly kind: ParkNameKind;
  /** One park, except for ambiguous names that several share. */
  readonly parks: readonly Park[];
}

/** Which name of a park stands in the text. */
type FoundNameKind = ParkNameKind | 'abbreviation' | 'enumerated';

/** A park of the gazetteer named in a text; offsets are UTF-16 in that text. */
export interface ParkName {
  readonly start: number;
  readonly end: number;
  readonly park: Park;
  /** As printed. */
  readonly name: string;
  readonly kind: FoundNameKind;
}

/** What is shaped like a park's name but is not in the gazetteer: `清镇高新区`. */
interface UnlistedName {
  readonly start: number;
  readonly end: number;
  /** Short, without the province. */
  readonly unlisted: string;
}

export type FoundName = ParkName | UnlistedName;

/** A span of a folded field that names a park. */
export type FoldedName = { readonly start: number; readonly end: number } & (
  { readonly park: Park; readonly kind: FoundNameKind } | { readonly unlisted: string }
);

/** An entry of the trie: a park's name, a province's or city's name (`武汉市` → `武汉`), or both. */
interface Lexeme {
  readonly meaning: NameMeaning | null;
  readonly place: string | null;
}

export interface ParkLexicon {
  /** Finds all entries that begin at a place of a folded text. */
  readonly namesAt: ReturnType<typeof createNameSearch<Lexeme>>;
  readonly meaningOf: (foldedName: string) => NameMeaning | null;
  /** Places and what stands before 高新区 and the like in the parks' names: 武汉, 锡山. */
  readonly isStem: (folded: string) => boolean;
  /** The place of that name, `武汉市` → `武汉`; null when it is none. */
  readonly placeOf: (folded: string) => string | null;
  /** Whether a word list or its form rules out that a word is a place's name. */
  readonly isNoPlace: (word: string) => boolean;
  /** Whether a place's name may begin right after this text. */
  readonly mayBeginAfter: (before: string) => boolean;
  /** What looks like a park's name, or like the place in it, and is not. */
  readonly traps: NameTraps;
}

/** The city Jilin bears its province's name; only with 市 is it the city. */
export const JILIN_CITY = '吉林市';

/** All names and places of the gazetteer. Takes about 20 ms; build it once. */
export function createParkLexicon(gazetteer: Gazetteer): ParkLexicon {
  const { traps } = gazetteer;
  const beforePlace = new Set(traps.beforePlace);
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
    namesAt: createNameSearch(lexemes),
    meaningOf: (name) => meanings.get(name) ?? null,
    isStem: (name) => stems.has(name),
    placeOf: (name) => places.get(name) ?? null,
    isNoPlace: (word) =>
      /[和与及]$/.test(word) ||
      traps.notPlaceStarts.some((start) => word.startsWith(start)) ||
      COUNTED.test(word) ||
      Array.from(word).some((char) => traps.notPlaceCharacters.has(char)) ||
      traps.notPlaceWords.some((other) => word.includes(other)),
    mayBeginAfter: (before) =>
      [1, 2, 3].some((length) => length <= before.length && beforePlace.has(before.slice(-length))),
    traps,
  };
}

// 一个, 两家, 几大, 第三批
const COUNTED =
  /^第?[\d一二两三四五六七八九十百几数]+(?:余|多)?(?:个|家|大|座|处|批|类|期|号|地|市|省)/;

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

/**
 * Every name of the parks, folded, with what it means; spellings that follow from a name count as
 * aliases. A name that one park has now is not another's former name; generic words mean nothing.
 */
function collectMeanings({ parks, traps }: Gazetteer): Map<string, NameMeaning> {
  const meanings = new Map<string, NameMeaning>();
  const add = (written: string, kind: ParkNameKind, park: Park): void => {
    const name = foldName(written);
    if (traps.generic.has(name) || name.length < 2) return;
    const known = meanings.get(name);
    if (known === undefined) meanings.set(name, { name, kind, parks: [park] });
    else if (kind === 'ambiguous' && known.kind === 'ambiguous' && !known.parks.includes(park))
      meanings.set(name, { name, kind, parks: [...known.parks, park] });
  };
  // An ambiguous name means nothing for certain, wherever else the park lists it.
  const addAll = (kind: ParkNameKind, namesOf: (park: Park) => readonly string[]): void => {
    for (const park of parks)
      for (const name of namesOf(park))
        if (!park.ambiguousAliases.includes(name)) add(name, kind, park);
  };
  addAll('name', (park) => [park.name]);
  addAll('full-name', (park) => [park.fullName]);
  addAll('alias', (park) => park.aliases);
  for (const park of parks)
    for (const name of [park.name, park.fullName, ...park.aliases])
      if (!park.ambiguousAliases.includes(name))
        for (const spelling of withCityWord(name, park.city)) add(spelling, 'alias', park);
  addAll('former-name', (park) => park.formerNames.map(({ name }) => name));
  for (const park of parks)
    for (const alias of park.ambiguousAliases)
      for (const name of [alias, ...withCityWord(alias, park.city)]) add(name, 'ambiguous', park);
  return meanings;
}

/** 天津滨海新区 → 天津市滨海新区. 贵阳市高新区 needs no entry: see `findUnlisted`. */
function withCityWord(name: string, city: string): readonly string[] {
  if (!name.startsWith(city) || name[city.length] === '市') return [];
  const rest = name.slice(city.length);
  return rest.length < 2 || OTHERWISE_FOUND.test(rest) ? [] : [`${city}市${rest}`];
}

const OTHERWISE_FOUND =
  /^(?:国家级?)?(?:高新(?:技术产业开发|技术开发)?区|经开区|经济技术开发区|综合保税区|综保区)$/;
