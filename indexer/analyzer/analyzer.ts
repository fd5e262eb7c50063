import { createHash } from 'node:crypto';
import { CharacterClass, classOf } from './character-classes.ts';
import { createHanCutter } from './han-words.ts';
import { normaliseText, type NormalisedText } from './normalised-text.ts';
import { scan, type HanWord, type Piece, type TokenKind } from './scan.ts';
import { compileDictionary, createSegmenter, type CompiledDictionary } from './segmenter.ts';
import type { AnalyzerWords } from './words.ts';

/** To be raised whenever the same text may give other tokens or other grams than before. */
export const ANALYZER_VERSION = '3';

export interface Token {
  /** The slice `[start, end)` of the original; UTF-16 offsets. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly kind: TokenKind;
  /** What it is found by: normalised, at most 40 units; empty for white space and punctuation. */
  readonly term: string;
  /** What it is found by as well: smaller words inside, other ways to write it. Never the term itself. */
  readonly parts: readonly string[];
}

export interface Analyzer {
  /** Changes whenever the rules or the words do: indexes of another version must be built anew. */
  readonly version: string;
  /** The tokens of a text, in order and without a gap: their `text`s joined give the text back. */
  analyze(text: string): Token[];
  /**
   * Every word of the dictionary that stands anywhere in the text, distinct, whether or not `analyze`
   * cuts it there: so that a query's word finds each text that contains it, however the text was cut.
   */
  wordsAnywhere(text: string): string[];
  /**
   * Every Chinese character of the text, distinct, as terms are written: what is no word of the dictionary
   * is cut into its characters in a query, and must be found wherever these stand.
   */
  charactersAnywhere(text: string): string[];
}

/**
 * The analyzer that cuts both what is indexed and what is asked. The same text and words give the same
 * tokens in every process and thread. Compiles the dictionary, which takes most of a second, unless it is given.
 */
export function createAnalyzer(words: AnalyzerWords, compiled?: CompiledDictionary): Analyzer {
  const dictionary = dictionaryWords(words);
  const segmenter = createSegmenter(compiled ?? compileDictionary(dictionary));
  const cutHan = createHanCutter(segmenter);
  const normalise = createLastNormalised();
  const fingerprint = createHash('sha256').update(JSON.stringify(dictionary)).digest('hex');
  return {
    version: `${ANALYZER_VERSION}-${fingerprint.slice(0, 12)}`,
    analyze(text) {
      const normalised = normalise(text);
      return placePieces(text, normalised, cutPieces(normalised, cutHan));
    },
    wordsAnywhere(text) {
      return segmenter.wordsAnywhere(normalise(text).text);
    },
    charactersAnywhere(text) {
      return hanCharacters(normalise(text).text);
    },
  };
}

/** What the dictionary is to know beside its own words, as `normaliseText` writes it. */
export function dictionaryWords({ dictionary, names }: AnalyzerWords): string[] {
  return [...dictionary, ...names]
    .map((word) => normaliseText(word).text)
    .filter((word) => /^\p{Script=Han}{2,30}$/u.test(word));
}

/** An article's text is asked for its tokens, its words and its characters one after the other. */
function createLastNormalised(): typeof normaliseText {
  let asked = '';
  let normalised = normaliseText(asked);
  return (text) => {
    if (asked !== text) [asked, normalised] = [text, normaliseText(text)];
    return normalised;
  };
}

function hanCharacters(text: string): string[] {
  const characters: string[] = [];
  const seen = new Set<number>();
  for (let at = 0; at < text.length; at++) {
    const character = text.codePointAt(at)!;
    if (character > 0xffff) at++;
    if (seen.has(character)) continue;
    seen.add(character);
    if (classOf(character) === CharacterClass.han) characters.push(String.fromCodePoint(character));
  }
  return characters;
}

/** What one character of the original became (㎡ → m2, ½ → 1⁄2) stays one piece. */
function cutPieces(
  { text, edits }: NormalisedText,
  cutHan: (run: string) => readonly HanWord[],
): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const edit of edits) {
    if (edit.end - edit.start <= 1) continue;
    appendAll(pieces, scan(text, at, edit.start, cutHan));
    pieces.push(mergePieces(scan(text, edit.start, edit.end, cutHan), edit));
    at = edit.end;
  }
  appendAll(pieces, scan(text, at, text.length, cutHan));
  return pieces;
}

function mergePieces(
  pieces: readonly Piece[],
  { start, end }: { readonly start: number; readonly end: number },
): Piece {
  const telling = pieces.filter((piece) => piece.term !== '');
  const { kind = 'other', term = '' } = telling[0] ?? pieces[0] ?? {};
  const parts = new Set(telling.flatMap((piece) => [piece.term, ...piece.parts]));
  parts.delete(term);
  return { start, end, kind, term, parts: [...parts] };
}

/** Invisible characters, which have no piece of their own, go with the piece before them. */
function placePieces(original: string, normalised: NormalisedText, pieces: Piece[]): Token[] {
  if (pieces.length === 0 && original !== '')
    pieces = [{ start: 0, end: 0, kind: 'space', term: '', parts: [] }];
  const isSameLength = normalised.edits.length === 0;
  let start = 0;
  return pieces.map(({ end: pieceEnd, kind, term, parts }, index) => {
    let end = pieceEnd;
    if (index === pieces.length - 1) end = original.length;
    else if (!isSameLength) end = normalised.toOriginal(end, end).start;
    const token = { text: original.slice(start, end), start, end, kind, term, parts };
    start = end;
    return token;
  });
}

/** A call cannot take a million arguments, so no `push(...more)`. */
function appendAll<Item>(list: Item[], more: readonly Item[]): void {
  for (const item of more) list.push(item);
}
