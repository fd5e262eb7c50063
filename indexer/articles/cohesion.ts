import { isHan, modelCharacters, type ContinuationModel } from './continuation-model.ts';

/** How much each character pair of a text tells about its subject: rare pairs much, everyday pairs little. */
export type Subject = ReadonlyMap<string, number>;

/** A park's name: what tells it from others stands before what kind of park it is. */
const PARK_NAME =
  /([\u4e00-\u9fff]{2})(?:国家级?)?(高新|经开|经济技术|综保|综合保税|保税|开发区|新区|自贸|自由贸易|科技园|产业园|工业园|园区|示范区|科学城|软件园|合作区)/gu;
const SAME_KIND: Readonly<Record<string, string>> = {
  经济技术: '经开',
  综合保税: '综保',
  自由贸易: '自贸',
};
/** 合肥高新区 and 合肥经开区 are different subjects although all their characters are everyday. */
const PARK_WEIGHT = 16;
const STEM_WEIGHT = 3;
const LEAST_SHARE = 0.25;
/** Pairs seen more often than this per million characters say nothing about a subject. */
const EVERYDAY_PER_MILLION = 400;

/** Returns the subject of a text: its pairs of Chinese characters with their weight, times how often (damped). */
export function subjectOf(text: string, model: ContinuationModel): Map<string, number> {
  const counts = new Map<string, number>();
  const characters = modelCharacters(text);
  for (let at = 1; at < characters.length; at++) {
    const [first, second] = [characters[at - 1]!, characters[at]!];
    const pair = first + second;
    if (isHan(first) && isHan(second)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  const parks = [...text.matchAll(PARK_NAME)];
  const stems = new Set(parks.map((park) => park[1]!));
  const subject = new Map<string, number>();
  for (const [pair, count] of counts) {
    const [first, second] = pair;
    const perMillion = ((model.pairCount(first!, second!) + 0.5) / model.size) * 1e6;
    const rarity = Math.log(EVERYDAY_PER_MILLION / perMillion);
    if (rarity <= 0) continue;
    subject.set(pair, rarity * (1 + Math.log(count)) * (stems.has(pair) ? STEM_WEIGHT : 1));
  }
  for (const park of parks) subject.set(parkOf(park), PARK_WEIGHT);
  return subject;
}

/** Returns the parks that a text names, as stem and kind: `贵阳综保`. */
export function parksIn(text: string): Set<string> {
  return new Set(Array.from(text.matchAll(PARK_NAME), parkOf));
}

function parkOf([, stem, kind]: RegExpExecArray): string {
  return stem! + (SAME_KIND[kind!] ?? kind!);
}

/** Returns the subject of each text of a page, with pairs that stand in most groups of texts taken down. */
export function pageSubjects(
  texts: readonly string[],
  groupOf: readonly number[],
  model: ContinuationModel,
): Subject[] {
  return tellingApart(
    texts.map((text) => subjectOf(text, model)),
    groupOf,
    LEAST_SHARE,
  );
}

/**
 * Returns the subjects with each pair's weight lowered by how many groups have it: what stands
 * everywhere tells nothing apart. A pair in every group keeps the share `least` of its weight.
 */
export function tellingApart(
  subjects: readonly Subject[],
  groupOf: readonly number[],
  least: number,
): Subject[] {
  const groupsWith = new Map<string, Set<number>>();
  for (const [index, subject] of subjects.entries()) {
    for (const pair of subject.keys()) {
      const groups = groupsWith.get(pair) ?? new Set<number>();
      groupsWith.set(pair, groups.add(groupOf[index]!));
    }
  }
  const all = new Set(groupOf).size + 1;
  if (all < 5) return [...subjects];
  return subjects.map((subject) => {
    const lowered = new Map<string, number>();
    for (const [pair, weight] of subject) {
      const share = Math.log(all / groupsWith.get(pair)!.size) / Math.log(all);
      lowered.set(pair, weight * Math.min(1, least + share));
    }
    return lowered;
  });
}

/** Returns 0–1: the cosine of two subjects, whose lengths may be known. */
export function likeness(
  a: Subject,
  b: Subject,
  lengths: number = lengthOf(a) * lengthOf(b),
): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let product = 0;
  for (const [pair, weight] of small) product += weight * (large.get(pair) ?? 0);
  return lengths === 0 ? 0 : product / lengths;
}

/** Returns a function that compares the subjects of a list by their numbers, each pair computed once. */
export function likenessWithin(subjects: readonly Subject[]): (a: number, b: number) => number {
  const lengths = subjects.map(lengthOf);
  const known = new Map<number, number>();
  return (a, b) => {
    const key = Math.min(a, b) * subjects.length + Math.max(a, b);
    let value = known.get(key);
    if (value === undefined) {
      value = likeness(subjects[a]!, subjects[b]!, lengths[a]! * lengths[b]!);
      known.set(key, value);
    }
    return value;
  };
}

/** Returns 0–1: how much of the first subject the second has too. */
export function shareWithin(subject: Subject, other: Subject): number {
  let all = 0;
  let found = 0;
  for (const [pair, weight] of subject) {
    all += weight;
    if (other.has(pair)) found += weight;
  }
  return all === 0 ? 0 : found / all;
}

/** Adds a subject to a sum. */
export function addSubject(sum: Map<string, number>, subject: Subject): void {
  for (const [pair, weight] of subject) sum.set(pair, (sum.get(pair) ?? 0) + weight);
}

function lengthOf(subject: Subject): number {
  let squares = 0;
  for (const weight of subject.values()) squares += weight * weight;
  return Math.sqrt(squares);
}
