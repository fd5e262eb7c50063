import { pinyin } from 'pinyin-pro';
import type { Park } from '../../config/gazetteer.ts';
import { countWhile } from '../../indexer/core/count-while.ts';
import { formerNames, properNames } from './park-names.ts';

/** How sure a spelling is to mean a park, the surest first. */
const KINDS = ['name', 'other-name', 'former-name', 'ambiguous'] as const;

/** A park that one of its names spells. */
export interface SpelledPark {
  readonly park: Park;
  readonly kind: (typeof KINDS)[number];
}

/** Latin words that somebody may look for, although they could also be a park's initials. */
const LATIN_WORDS = new Set(
  'info park data tech bank html http https wifi java expo sars covid rcep asean brics'.split(' '),
);
const FEWEST_LETTERS = 4;

/** The letters as the table has them: `Guìyáng gāoxīn-qū`, `gui1yang2 gao1 xin1 qu1` → `guiyanggaoxinqu`. */
export function pinyinLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/u\u0308/gu, 'v')
    .replace(/[\p{M}\s'’‘ʼ-]/gu, '')
    .toLowerCase()
    .replace(/(?<=[a-z])[1-5](?![0-9])/g, '');
}

export type PinyinTable = ReturnType<typeof createPinyinTable>;

/** Spells all names of the parks without tones. Takes about 0.1 s, so it is done at the first question. */
export function createPinyinTable(parks: readonly Park[]) {
  let built: ReturnType<typeof spellParks> | undefined;
  return {
    /** Parks with a name of exactly this spelling, in full or by initials; the likeliest first, each once. */
    spelledExactly(letters: string): readonly SpelledPark[] {
      if (letters.length < FEWEST_LETTERS || LATIN_WORDS.has(letters)) return [];
      built ??= spellParks(parks);
      return built.byLetters.get(letters) ?? [];
    },
    /** Parks with a name whose full spelling or initials begin so; the likeliest first, each once. */
    spelledFrom(letters: string): readonly SpelledPark[] {
      if (letters === '') return [];
      const { keys, byLetters } = (built ??= spellParks(parks));
      const first = countWhile(keys, (key) => key < letters);
      const end = countWhile(keys, (key) => key < letters || key.startsWith(letters));
      return likeliestFirst(keys.slice(first, end).flatMap((key) => byLetters.get(key)!));
    },
  };
}

function spellParks(parks: readonly Park[]) {
  const byLetters = new Map<string, SpelledPark[]>();
  const spell = createSpeller();
  const add = (letters: string, spelled: SpelledPark) =>
    byLetters.set(letters, [...(byLetters.get(letters) ?? []), spelled]);
  for (const park of parks)
    for (const [name, kind] of namesOf(park)) {
      const syllables = spell(name);
      if (syllables.length < 2) continue;
      const spelled = { park, kind };
      const full = syllables.join('');
      add(full, spelled);
      // Keyboards without ü give v, passports u.
      if (full.includes('v')) add(full.replaceAll('v', 'u'), spelled);
      add(syllables.map((syllable) => syllable.charAt(0)).join(''), spelled);
    }
  for (const [letters, spelled] of byLetters) byLetters.set(letters, likeliestFirst(spelled));
  return { byLetters, keys: [...byLetters.keys()].sort() };
}

function namesOf(park: Park): Map<string, SpelledPark['kind']> {
  const names = new Map<string, SpelledPark['kind']>();
  for (const name of formerNames(park)) names.set(name, 'former-name');
  for (const name of properNames(park)) names.set(name, 'other-name');
  names.set(park.name, 'name');
  for (const name of park.ambiguousAliases) names.set(name, 'ambiguous');
  return names;
}

/**
 * Names end in few ways, and what comes before is the same in all names of a park: each piece is
 * spelled once. A piece is a word or more, so 长 and 重 are still read by their word.
 */
function createSpeller(): (name: string) => readonly string[] {
  const spelled = new Map<string, readonly string[]>();
  const spell = (piece: string): readonly string[] => {
    const known = spelled.get(piece);
    if (known !== undefined) return known;
    const syllables = piece
      .split(MISREAD)
      .filter((part) => part !== '')
      .flatMap((part) => MISREAD_PLACES[part]?.split(' ') ?? syllablesOf(part));
    spelled.set(piece, syllables);
    return syllables;
  };
  return (name) => {
    const han = name.replace(/[^\p{Script=Han}]/gu, '');
    const ending = ENDING.exec(han)?.[0] ?? '';
    return [...spell(han.slice(0, han.length - ending.length)), ...spell(ending)];
  };
}

/** Without tones; ü is v. */
export function syllablesOf(text: string): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', v: true });
}

/** Places whose characters pinyin-pro reads as in other words. */
const MISREAD_PLACES: Readonly<Record<string, string>> = {
  乐清: 'yue qing',
  六合: 'lu he',
  喀什: 'ka shi',
  大埔: 'da bu',
  什邡: 'shi fang',
  单县: 'shan xian',
  尉犁: 'yu li',
  浒墅关: 'xu shu guan',
  涡阳: 'guo yang',
  珲春: 'hun chun',
  筠连: 'jun lian',
  莘庄: 'xin zhuang',
  闵行: 'min hang',
  黄陂: 'huang pi',
};
const MISREAD = new RegExp(`(${Object.keys(MISREAD_PLACES).join('|')})`);

const ENDING =
  /(?:国家级?)?(?:高新(?:技术)?(?:产业)?(?:开发)?区|经开区|经济(?:技术)?开发区|开发区|综保区|综合保税区|保税港?区|(?:自由贸易|自贸)试验区|(?:自主创新)?示范区|自创区|出口加工区|新区|(?:工业)?园区)$/;

const LEVELS = ['national', 'provincial', 'other'] as const;

/** Smaller is likelier; parks of the same figure are equally likely. */
export function unlikelihood({ park, kind }: SpelledPark): number {
  const withdrawn = park.status === 'withdrawn' ? 1 : 0;
  return KINDS.indexOf(kind) * 10 + withdrawn * 5 + LEVELS.indexOf(park.level);
}

function likeliestFirst(spelled: readonly SpelledPark[]): SpelledPark[] {
  const seen = new Set<Park>();
  return spelled
    .toSorted((a, b) => unlikelihood(a) - unlikelihood(b))
    .filter(({ park }) => !seen.has(park) && seen.add(park));
}
