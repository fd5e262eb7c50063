import { interchangeable, simplifiedForms } from './simplified.ts';

/**
 * A character in the form that all its spellings share, whatever stands beside it: `Ａ`, `a`, `á → a`;
 * `幹`, `乾`, `干 → 干`; invisible characters and accents → ``; `㎡ → m2`. Coarser than
 * `normaliseText`, whose results for a character depend on its neighbours; never finer.
 */
export function foldCharacter(character: string): string {
  let folded = folds.get(character);
  if (folded === undefined) {
    folded = fold(character);
    if (folds.size < CACHE_SIZE) folds.set(character, folded);
  }
  return folded;
}

/**
 * Whether all that folds to the same as this Chinese character is also one character to `normaliseText`
 * in every text: 发 (發, 髮) is, 干 (乾 stays in 乾隆) is not. For such characters a gram is proof.
 */
export function foldsOnlyWithItself(character: string): boolean {
  ambiguous ??= findAmbiguous();
  return /^\p{Script=Han}$/u.test(character) && !ambiguous.has(foldCharacter(character));
}

let ambiguous: ReadonlySet<string> | undefined;

/** The folds that stand for characters which stay different when simplified. */
function findAmbiguous(): ReadonlySet<string> {
  const simplified = new Map<string, string>();
  const found = new Set<string>();
  for (const forms of simplifiedForms().values())
    for (const form of forms) {
      const folded = foldCharacter(form);
      const other = simplified.get(folded);
      if (other !== undefined && other !== form) found.add(folded);
      simplified.set(folded, form);
    }
  return found;
}

const CACHE_SIZE = 30_000;
const folds = new Map<string, string>();
const representatives = joinSpellings(interchangeable());

function fold(character: string): string {
  let folded = '';
  for (const part of decompose(decompose(character).toLowerCase()))
    folded += representatives.get(part) ?? part;
  return folded;
}

function decompose(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replaceAll('ς', 'σ');
}

/** One representative for each set of characters that are linked by any of the pairs. */
function joinSpellings(pairs: readonly (readonly [string, string])[]): Map<string, string> {
  const parents = new Map<string, string>();
  const rootOf = (character: string): string => {
    let root = character;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    return root;
  };
  for (const [from, to] of pairs) {
    const root = rootOf(from);
    if (root !== rootOf(to)) parents.set(root, rootOf(to));
  }
  return new Map([...parents.keys()].map((character) => [character, rootOf(character)]));
}
