import { CharacterClass, classOf } from './character-classes.ts';
import { foldCharacter } from './character-fold.ts';

/**
 * Every character of a text and every two that stand side by side, folded, each once: `高新区！ →
 * 高 新 区 高新 新区`. White space and punctuation part. Whatever stands in a text, all grams of it are
 * grams of the text, because no character's form depends on its neighbours: so they find what was cut
 * otherwise, and never miss. Takes the original text.
 */
export function gramsOf(text: string): string[] {
  const grams = new Set<string>();
  for (const run of runsOf(text))
    run.forEach((character, at) => {
      grams.add(String.fromCodePoint(character));
      if (at > 0) grams.add(String.fromCodePoint(run[at - 1]!, character));
    });
  return [...grams];
}

/** The fewest grams that all must stand where a text stands: single characters only if alone. */
export function queryGramsOf(text: string): string[] {
  const grams = new Set<string>();
  for (const run of runsOf(text))
    for (const [at, character] of run.entries())
      if (at > 0) grams.add(String.fromCodePoint(run[at - 1]!, character));
      else if (run.length === 1) grams.add(String.fromCodePoint(character));
  return [...grams];
}

/** Stands for a gram of a heading: white space and punctuation are in no gram. */
export function headingGram(gram: string): string {
  return `《${gram}`;
}

/** Folded characters, code points, of each stretch without white space and punctuation. */
function runsOf(text: string): number[][] {
  const runs: number[][] = [];
  let run: number[] = [];
  const add = (character: number) => {
    const type = classOf(character);
    if (type !== CharacterClass.space && type !== CharacterClass.punctuation) run.push(character);
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  };
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const alone = aloneFolded[unit]!;
    if (alone > 0) add(alone);
    else {
      const original = text.codePointAt(at)!;
      if (original > 0xffff) at++;
      const folded = Array.from(foldCharacter(String.fromCodePoint(original)), codePointOf);
      folded.forEach(add);
      if (original <= 0xffff && folded.length === 1) aloneFolded[unit] = folded[0]!;
    }
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

/** What the units that fold to one character fold to; 0 for the others and those not yet met. */
const aloneFolded = new Uint32Array(0x10000);

function codePointOf(character: string): number {
  return character.codePointAt(0)!;
}
