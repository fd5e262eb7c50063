import { CharacterClass, classOf } from './character-classes.ts';
import { mayBeTraditional, rareForms } from './simplified.ts';

/** What normalising does with a UTF-16 unit. */
export const Step = {
  keep: 0,
  /** Becomes one other unit, `mappedUnits[unit]`. */
  map: 1,
  /** Invisible: left out. */
  drop: 2,
  /** Becomes several units, or is half of a character: see `normaliseCluster`. */
  rewrite: 3,
  /** May compose with the character before it. */
  joinBefore: 4,
  /** Kept, but its run of Chinese characters may have to be simplified. */
  traditional: 5,
} as const;

export const steps = new Uint8Array(0x10000);
export const mappedUnits = new Uint16Array(0x10000);

const ignorable = /\p{Default_Ignorable_Code_Point}/gu;

fillTables();

/** A character with what stands on it, in its normal form: `e` + U+0301 → `é`, `㎡ → m2`. */
export function normaliseCluster(cluster: string): string {
  return cluster
    .replace(ignorable, '')
    .normalize('NFKC')
    .replace(/./gsu, (character) => rareForms.get(character) ?? character)
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFKC')
    .replace(ignorable, '');
}

/** Whether the character at an offset may compose with the one before it. */
export function joinsBefore(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (steps[unit] === Step.joinBefore) return true;
  if (!isHighSurrogate(unit)) return false;
  const point = text.codePointAt(at) ?? unit;
  return (
    point > 0xffff &&
    classOf(point) === CharacterClass.mark &&
    !isIgnorable(String.fromCodePoint(point))
  );
}

export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isIgnorable(character: string): boolean {
  return /\p{Default_Ignorable_Code_Point}/u.test(character);
}

function fillTables(): void {
  for (let unit = 0; unit < 0x10000; unit++) {
    // Low surrogates, hangul syllables and private use have no other form.
    if (unit >= 0xac00 && unit < 0xf900) {
      if (isHighSurrogate(unit)) steps[unit] = Step.rewrite;
      continue;
    }
    const character = String.fromCharCode(unit);
    if (unit >= 0x3400 && unit < 0xa000) {
      if (mayBeTraditional(character)) steps[unit] = Step.traditional;
    } else fillStep(unit, character);
  }
}

function fillStep(unit: number, character: string): void {
  if (isIgnorable(character)) {
    steps[unit] = Step.drop;
    return;
  }
  const first = character.normalize('NFKD').charCodeAt(0);
  // Marks, and the vowels and finals of hangul.
  if (classOf(first) === CharacterClass.mark || (first >= 0x1160 && first <= 0x11ff)) {
    steps[unit] = Step.joinBefore;
    return;
  }
  const form = normaliseCluster(character);
  if (form === character) return;
  steps[unit] = form.length === 1 && !mayBeTraditional(form) ? Step.map : Step.rewrite;
  mappedUnits[unit] = form.charCodeAt(0);
}
