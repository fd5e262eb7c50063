import type { NameTraps, Park } from '../../config/gazetteer.ts';
import { countWhile } from '../core/count-while.ts';
import { JILIN_CITY, type NameMeaning, type ParkLexicon } from './park-lexicon.ts';

/** What the fields of one article say about which parks can be meant. */
interface ParkEvidence {
  /** Parks that some field calls by an unambiguous name. */
  readonly named: ReadonlySet<Park>;
  /** Provinces and cities named outside ambiguous names. */
  readonly places: ReadonlySet<string>;
}

/** A stretch of a folded text that is spelt like a park's name; whether it is one is not decided. */
export interface NameCandidate {
  readonly start: number;
  readonly end: number;
  readonly meaning: NameMeaning;
}

/** A province or city named in a folded text. */
interface PlaceMention {
  readonly start: number;
  readonly end: number;
  /** Short: 武汉. */
  readonly place: string;
}

/** One field of an article, folded and scanned. */
export interface ScannedField {
  readonly text: string;
  /** By start, the longest first; they overlap. */
  readonly candidates: readonly NameCandidate[];
  /** By start, the longest only; they do not overlap: 陕西安康 has no 西安. */
  readonly places: readonly PlaceMention[];
}

/** Finds every stretch of a folded field that is spelt like a park or a place. Linear in the text. */
export function scanField(text: string, lexicon: ParkLexicon): ScannedField {
  const candidates: NameCandidate[] = [];
  const places: PlaceMention[] = [];
  let placesEnd = 0;
  let here: NameCandidate[] = [];
  let longest: PlaceMention | undefined;
  for (let start = 0; start < text.length; start++) {
    lexicon.namesAt(text, start, (end, { meaning, place }) => {
      if (meaning !== null && isWhole(text, start, end)) here.push({ start, end, meaning });
      if (place !== null) longest = { start, end, place };
    });
    if (here.length > 0) {
      candidates.push(...here.reverse());
      here = [];
    }
    if (longest?.start !== start || start < placesEnd) continue;
    places.push(longest);
    placesEnd = longest.end;
  }
  return { text, candidates, places };
}

/** Not the 新区 of 新区域, the 生态城 of 生态城市, nor the SIP of SIPO. */
function isWhole(text: string, start: number, end: number): boolean {
  const next = text[end];
  if (text[end - 1] === '区' && (next === '域' || next === '块')) return false;
  if (text[end - 1] === '城' && next === '市') return false;
  if (LATIN.test(text[start] ?? '') && LATIN.test(text[start - 1] ?? '')) return false;
  return !(LATIN.test(text[end - 1] ?? '') && LATIN.test(next ?? ''));
}

const LATIN = /[A-Za-z0-9]/;

/** Gathers the evidence of all fields of an article. Linear in the text. */
export function gatherEvidence(
  fields: readonly ScannedField[],
  { traps }: ParkLexicon,
): ParkEvidence {
  const named = new Set<Park>();
  const places = new Set<string>();
  for (const field of fields) {
    let covered = 0;
    const openStarts = new Map<number, number>();
    for (const candidate of field.candidates) {
      const { meaning, start, end } = candidate;
      const park = meaning.parks[0];
      if (meaning.kind === 'ambiguous' && !openStarts.has(start)) openStarts.set(start, end);
      if (meaning.kind === 'ambiguous' || park === undefined || start < covered) continue;
      if (!fitsNeighbours(field, candidate, park, traps)) continue;
      named.add(park);
      covered = end;
    }
    // 天津 inside 天津泰达 proves nothing about 泰达.
    for (const { start, end, place } of field.places)
      if ((openStarts.get(start) ?? 0) <= end) places.add(place);
  }
  return { named, places };
}

/** The park that a candidate means, or null when the article does not decide it. */
export function chooseMeaning(
  field: ScannedField,
  candidate: NameCandidate,
  evidence: ParkEvidence,
  lexicon: ParkLexicon,
): Park | null {
  const { name, kind, parks } = candidate.meaning;
  const fitting = parks.filter((park) => fitsNeighbours(field, candidate, park, lexicon.traps));
  if (kind !== 'ambiguous') return fitting[0] ?? null;
  const weights = fitting.map((park) => weigh(park, name, evidence, lexicon));
  const most = Math.max(0, ...weights);
  if (most === 0) return null;
  const tied = fitting.filter((_, index) => weights[index] === most);
  if (tied.length === 1) return tied[0]!;
  // 江北新区 is rather 南京江北新区 than a park with the nickname.
  const spelt = tied.filter((park) => park.name.endsWith(name));
  return spelt.length === 1 ? spelt[0]! : nearestPlace(tied, field.places, candidate.start);
}

/** 0: the name says nothing here; 3: the article calls the park by a full name. */
function weigh(
  park: Park,
  name: string,
  evidence: ParkEvidence,
  { traps, placeOf }: ParkLexicon,
): number {
  if (traps.companies.has(name) && !traps.nicknames.has(name)) return 0;
  if (evidence.named.has(park)) return 3;
  const isOfDistrict = isDistrict(name, traps);
  const looksLikePark = PARK_LIKE.test(name) && !isOfDistrict;
  if (!looksLikePark && (isOfDistrict || placeOf(name) !== null)) return 0;
  // 吉林 is a province and one of its cities; in 北京, 上海, 天津 and 重庆 the two are the same place.
  const isHomonymous = park.city === park.province && !municipalities.has(park.city);
  const cities = isHomonymous ? [JILIN_CITY] : [park.city, ...park.cities];
  const [ownCity = ''] = cities;
  if (looksLikePark && name.startsWith(ownCity) && name !== ownCity) return 2;
  // A port is a port; only an article about the park calls the park so.
  if (name.endsWith('港')) return 0;
  if (cities.some((city) => evidence.places.has(city))) return 2;
  return !isHomonymous && evidence.places.has(park.province) ? 1 : 0;
}

const PARK_LIKE = /(?:区|园|城|基地)$/;

function isDistrict(name: string, { districts }: NameTraps): boolean {
  if (/(?:新区|开发区|高新区|园区|保税区|示范区)$/.test(name)) return false;
  return districts.has(name) || districts.has(name.replace(/区$/, ''));
}

const municipalities: ReadonlySet<string> = new Set(['北京', '上海', '天津', '重庆']);

/** Neither 南通滨海… for a park in 潍坊, nor 光谷广场, nor 苏州高新股份. */
function fitsNeighbours(
  { text, places }: ScannedField,
  { start, end, meaning: { name } }: NameCandidate,
  park: Park,
  { companyFollowers, placeFollowers }: NameTraps,
): boolean {
  if (!/(?:区|园)$/.test(name)) {
    const after = text.slice(end, end + 4);
    const followers = [...companyFollowers, ...placeFollowers];
    if (followers.some((word) => after.startsWith(word))) return false;
  }
  const mention = places[countWhile(places, (place) => place.end < start)];
  const before = mention?.end === start ? mention.place : undefined;
  return (
    before === undefined ||
    before === park.province ||
    before === JILIN_CITY ||
    park.cities.some((city) => city === before || name.startsWith(city)) ||
    name.startsWith(park.province)
  );
}

/** Of parks that are equally likely, the one whose city was named last before the place. */
function nearestPlace(
  parks: readonly Park[],
  places: readonly PlaceMention[],
  before: number,
): Park | null {
  let nearest: Park | null = null;
  for (const { end, place } of places) {
    if (end > before) break;
    const there = parks.filter((park) => park.cities.includes(place) || park.province === place);
    if (there.length === 1) nearest = there[0]!;
  }
  return nearest;
}
