import { ConverterFactory, type DictGroup } from 'opencc-js/core';
import * as openCC from 'opencc-js/preset/t2cn';

type Conversion = readonly [from: string, to: string];

/**
 * Phrases of OpenCC that spoil simplified text (一坏 → 一坯), or that would make two different simplified
 * characters spellings of each other: 炼 and 链, 哩 and 里, 么 and 幺.
 */
function isHarmful([from, to]: Conversion): boolean {
  return ['坏坯', '鍊链', '哩里', '么幺'].some(
    (pair) => from.includes(pair.charAt(0)) && to.includes(pair.charAt(1)),
  );
}

/** Hong Kong forms and two Taiwan ones that the plain traditional → simplified tables leave alone. */
const regionalForms: readonly Conversion[] = [...'敍叙 粧妆 糭粽 衞卫 簷檐'.split(' ')].map(
  (pair) => [pair.charAt(0), pair.charAt(1)] as const,
);

const phrasesAndCharacters = [
  ...entriesOf(openCC.to['cn']).filter(
    (entry) => !isHarmful(entry) && countCharacters(entry[0]) === countCharacters(entry[1]),
  ),
  ...regionalForms,
];

/**
 * Characters outside the basic plane, on either side, made the one that is inside: `𡞵 → 㛟`, but
 * `𬶨 → 鱀`. The rest of the conversion then changes no length.
 */
export const rareForms: ReadonlyMap<string, string> = new Map(
  phrasesAndCharacters
    .filter((entry) => !isBasic(entry))
    .map(([from, to]) => (to.length > from.length ? [to, from] : [from, to])),
);

const conversions = phrasesAndCharacters.filter(isBasic);
const convert = ConverterFactory([conversions.map(([from, to]) => [from, to] as const)]);

/** In traditional text 著 is also the particle 着; these are the words in which it is not. */
const particle: Conversion = ['著', '着'];
const convertParticle = ConverterFactory([
  [
    ...entriesOf(openCC.from['tw']).filter(([from]) => from.includes('著')),
    ...'原著 專著 論著 編著 譯著 新著 遺著 拙著 卓著 土著 著有 著文 著書 共著'
      .split(' ')
      .map((word) => [word, word] as const),
    particle,
  ],
]);

const changing = new Set(conversions.flatMap((entry) => changedPairs(entry).map(([from]) => from)));

/** Whether a character may change in `toSimplified`: if a text has none, it stays as it is. */
export function mayBeTraditional(character: string): boolean {
  return changing.has(character);
}

/**
 * Simplified Chinese by phrases, unit for unit: `乾燥 → 干燥`, `乾隆 → 乾隆`, `頭髮 → 头发`. 著 becomes
 * 着 only where the same run of characters has other traditional ones, so that simplified text stays.
 * @param run Chinese characters without anything between them.
 */
export function toSimplified(run: string): string {
  const simplified = convert(run);
  return simplified !== run && run.includes('著') ? convert(convertParticle(run)) : simplified;
}

/** `toSimplified` of every run of Chinese characters in a text. */
export function simplifyRuns(text: string): string {
  return text.replace(/\p{Script=Han}+/gu, toSimplified);
}

/** All pairs of characters of which one may become the other, in any phrase. */
export function interchangeable(): readonly Conversion[] {
  return [...conversions, particle, ...rareForms].flatMap(changedPairs);
}

/**
 * What each character that may change, or that another becomes, can be once simplified, whatever stands
 * around it: `發 → 发`, but `乾 → 干 乾`.
 */
export function simplifiedForms(): ReadonlyMap<string, ReadonlySet<string>> {
  const forms = new Map<string, Set<string>>();
  const add = (character: string, form: string) =>
    forms.set(character, (forms.get(character) ?? new Set()).add(form));
  for (const conversion of [...conversions, particle, ...rareForms])
    for (const [character, form] of pairsOf(conversion)) add(character, form);
  for (const character of forms.keys()) add(character, toSimplified(character));
  return forms;
}

function changedPairs(conversion: Conversion): Conversion[] {
  return pairsOf(conversion).filter(([character, target]) => character !== target);
}

function pairsOf([from, to]: Conversion): Conversion[] {
  const targets = Array.from(to);
  return Array.from(from, (character, index) => [character, targets[index] ?? character]);
}

function isBasic([from, to]: Conversion): boolean {
  return !/[\ud800-\udfff]/.test(from + to);
}

function countCharacters(text: string): number {
  return Array.from(text).length;
}

/** Earlier dictionaries of a group come first, and win. */
function entriesOf(groups: readonly DictGroup[] | undefined): Conversion[] {
  return (groups ?? []).flat().flatMap((dictionary) => {
    if (typeof dictionary !== 'string') return [...dictionary];
    return dictionary.split('|').map((line): Conversion => {
      const [from = '', to = from] = line.split(' ');
      return [from, to];
    });
  });
}
