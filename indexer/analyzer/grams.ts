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
  for (const run of runsOf(text)) {
    let before = '';
    for (const character of run) {
      grams.add(character);
      if (before !== '') grams.add(before + character);
      before = character;
    }
  }
  return [...grams];
}

/** The fewest grams that all must stand where a text stands: single characters only if alone. */
export function queryGramsOf(text: string): string[] {
  const grams = new Set<string>();
  for (const [first = '', ...rest] of runsOf(text)) {
    if (rest.length === 0) grams.add(first);
    let before = first;
    for (const character of rest) {
      grams.add(before + character);
      before = character;
    }
  }
  return [...grams];
}

/**
 * A gram as a number below 2^37, the form in which its postings are kept. Characters beyond the planes in
 * which scripts lie may share a number: grams only propose, the text decides.
 */
export function gramCode(gram: string, isOfHeading = false): number {
  const first = gram.codePointAt(0) ?? 0;
  const second = gram.codePointAt(first > 0xffff ? 2 : 1) ?? 0;
  return ((first & PLANES) * CHARACTERS + (second & PLANES)) * 2 + (isOfHeading ? 1 : 0);
}

const CHARACTERS = 2 ** 18;
const PLANES = CHARACTERS - 1;

function runsOf(text: string): string[][] {
  const runs: string[][] = [];
  let run: string[] = [];
  for (const original of text) {
    for (const character of foldCharacter(original)) {
      const type = classOf(character.codePointAt(0) ?? 0);
      if (type !== CharacterClass.space && type !== CharacterClass.punctuation) run.push(character);
      else if (run.length > 0) {
        runs.push(run);
        run = [];
      }
    }
  }
  if (run.length > 0) runs.push(run);
  return runs;
}
