import type { NameTraps, Park } from '../../config/gazetteer.ts';
import { JILIN_CITY, type ParkLexicon } from './park-lexicon.ts';
import { scanNames, type NameCandidate, type NameScan, type PlaceMention } from './park-scan.ts';

/** What the fields of one article say about which parks can be meant. */
export interface ParkEvidence {
  /** Parks that some field calls by an unambiguous name. */
  readonly named: ReadonlySet<Park>;
  /** Provinces and cities named outside ambiguous names. */
  readonly places: ReadonlySet<string>;
}

/** One field of an article, folded and scanned. */
export interface ScannedField extends NameScan {
  readonly text: string;
  /** Where a place's name ends → the place. */
  readonly placeEnds: ReadonlyMap<number, string>;
}

/** Finds the names and places of a folded field. Linear in the text. */
export function scanField(text: string, lexicon: ParkLexicon): ScannedField {
  const scan = scanNames(text, lexicon);
  const placeEnds = new Map(scan.places.map(({ end, place }) => [end, place]));
  return { text, ...scan, placeEnds };
}

/** Gathers the evidence of all fields of an article. Linear in the text. */
export function gatherEvidence(fields: readonly ScannedField[], traps: NameTraps): ParkEvidence {
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
  traps: NameTraps,
): Park | null {
  const { name, kind, parks } = candidate.meaning;
  const fitting = parks.filter((park) => fitsNeighbours(field, candidate, park, traps));
  if (kind !== 'ambiguous') return fitting[0] ?? null;
  const weighed = fitting.map((park) => ({
    park,
    weight: weigh(park, name, evidence, lexicon, traps),
  }));
  weighed.sort((a, b) => b.weight - a.weight);
  const [best, second] = weighed;
  if (best === undefined || best.weight === 0) return null;
  if (second === undefined || best.weight > second.weight) return best.park;
  // 江北新区 is rather 南京江北新区 than a park with the nickname.
  const tied = weighed.filter(({ weight }) => weight === best.weight).map(({ park }) => park);
  const spelt = tied.filter((park) => park.name.endsWith(name));
  if (spelt.length === 1) return spelt[0]!;
  return nearestPlace(tied, field.places, candidate.start);
}

/** 0: the name says nothing here; 3: the article calls the park by a full name. */
function weigh(
  park: Park,
  name: string,
  evidence: ParkEvidence,
  lexicon: ParkLexicon,
  traps: NameTraps,
): number {
  if (traps.companies.has(name) && !traps.nicknames.has(name)) return 0;
  if (evidence.named.has(park)) return 3;
  const looksLikePark = PARK_LIKE.test(name) && !isDistrict(name, traps);
  if (!looksLikePark && (isDistrict(name, traps) || lexicon.placeOf(name) !== null)) return 0;
  const ownCity = homonymousCity(park) ? JILIN_CITY : park.city;
  const carriesPlace = looksLikePark && name.startsWith(ownCity) && name !== ownCity;
  if (carriesPlace) return 2;
  // A port is a port; only an article about the park calls the park so.
  if (name.endsWith('港')) return 0;
  if ([ownCity, ...otherCities(park)].some((city) => evidence.places.has(city))) return 2;
  return !homonymousCity(park) && evidence.places.has(park.province) ? 1 : 0;
}

const PARK_LIKE = /(?:区|园|城|基地)$/;

function isDistrict(name: string, traps: NameTraps): boolean {
  if (/(?:新区|开发区|高新区|园区|保税区|示范区)$/.test(name)) return false;
  return traps.districts.has(name) || traps.districts.has(name.replace(/区$/, ''));
}

function otherCities(park: Park): readonly string[] {
  return homonymousCity(park) ? [] : park.cities;
}

/** 吉林 is a province and one of its cities; in 北京, 上海, 天津 and 重庆 the two are the same place. */
function homonymousCity(park: Park): boolean {
  return park.city === park.province && !municipalities.has(park.city);
}

const municipalities: ReadonlySet<string> = new Set(['北京', '上海', '天津', '重庆']);

/** Neither 南通滨海… for a park in 潍坊, nor 光谷广场, nor 苏州高新股份. */
function fitsNeighbours(
  { text, placeEnds }: ScannedField,
  { start, end, meaning }: NameCandidate,
  park: Park,
  traps: NameTraps,
): boolean {
  const { name } = meaning;
  if (!/(?:区|园)$/.test(name)) {
    const after = text.slice(end, end + 4);
    if (traps.companyFollowers.some((word) => after.startsWith(word))) return false;
    if (traps.placeFollowers.some((word) => after.startsWith(word))) return false;
  }
  const before = placeEnds.get(start);
  if (before === undefined || park.cities.some((city) => name.startsWith(city))) return true;
  return (
    before === park.province ||
    park.cities.includes(before) ||
    before === JILIN_CITY ||
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
