import { widthAt } from '../core/utf16.ts';
import { CharacterClass, classOf } from './character-classes.ts';
import { readLatinWord } from './latin-words.ts';
import { readNumber } from './numbers.ts';
import { MAX_TERM_LENGTH } from './opaque.ts';

export type TokenKind = 'word' | 'number' | 'latin' | 'punctuation' | 'space' | 'other';

/** A token by its offsets in the normalised text. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly kind: TokenKind;
  readonly term: string;
  readonly parts: readonly string[];
}

/** A word of a run of Chinese characters, by its length. */
export interface HanWord {
  readonly length: number;
  readonly kind: 'word' | 'number';
  readonly term: string;
  readonly parts: readonly string[];
}

const none: readonly string[] = [];

/**
 * Cuts `[start, end)` of a normalised text without a gap. Chinese characters are left to `cutHan`.
 */
export function scan(
  text: string,
  start: number,
  end: number,
  cutHan: (run: string) => readonly HanWord[],
): Piece[] {
  const pieces: Piece[] = [];
  const window = end < text.length ? text.slice(0, end) : text;
  let at = start;
  while (at < end) {
    const type = classAt(window, at);
    switch (type) {
      case CharacterClass.han: {
        const stop = endOfRun(window, at, type);
        for (const word of cutHan(window.slice(at, stop))) {
          pieces.push({
            start: at,
            end: at + word.length,
            kind: word.kind,
            term: word.term,
            parts: word.parts,
          });
          at += word.length;
        }
        at = stop;
        break;
      }
      case CharacterClass.digit: {
        const number = readNumber(window, at);
        const stop = at + number.length;
        if (stop < end && classAt(window, stop) === CharacterClass.latin) at = pushLatin(at);
        else {
          const parts = new Set([...number.parts, ...scaleWords(stop - number.scaleLength, stop)]);
          parts.delete(number.term);
          pieces.push({
            start: at,
            end: stop,
            kind: 'number',
            term: number.term,
            parts: [...parts],
          });
          at = stop;
        }
        break;
      }
      case CharacterClass.latin:
        at = pushLatin(at);
        break;
      case CharacterClass.letter: {
        const stop = endOfLetters(window, at);
        pieces.push({
          start: at,
          end: stop,
          kind: 'word',
          term: window.slice(at, stop),
          parts: none,
        });
        at = stop;
        break;
      }
      case CharacterClass.space:
      case CharacterClass.punctuation: {
        const stop = endOfRun(window, at, type);
        const kind = type === CharacterClass.space ? 'space' : 'punctuation';
        pieces.push({ start: at, end: stop, kind, term: '', parts: none });
        at = stop;
        break;
      }
      case CharacterClass.mark:
      case CharacterClass.other: {
        const stop = at + widthAt(window, at);
        pieces.push({
          start: at,
          end: stop,
          kind: 'other',
          term: window.slice(at, stop),
          parts: none,
        });
        at = stop;
        break;
      }
      default:
        return type satisfies never;
    }
  }
  return pieces;

  /** Words that begin in the scale of a number: 亿元 in 40265亿|元. */
  function scaleWords(from: number, to: number): string[] {
    if (from === to) return [];
    const words: string[] = [];
    let begin = from;
    for (const { length, term } of cutHan(
      window.slice(from, endOfRun(window, from, CharacterClass.han)),
    )) {
      if (begin >= to) break;
      if (length > 1) words.push(term);
      begin += length;
    }
    return words;
  }

  function pushLatin(from: number): number {
    const word = readLatinWord(window, from);
    const stop = from + word.length;
    pieces.push({ start: from, end: stop, kind: 'latin', term: word.term, parts: word.parts });
    return stop;
  }
}

function classAt(text: string, at: number): CharacterClass {
  const unit = text.charCodeAt(at);
  return classOf(unit >= 0xd800 && unit < 0xdc00 ? (text.codePointAt(at) ?? unit) : unit);
}

function endOfRun(text: string, at: number, type: CharacterClass): number {
  let end = at;
  while (end < text.length && classAt(text, end) === type) end += widthAt(text, end);
  return end;
}

/** A word of a script without capitals, with its vowel signs; long runs (Thai) in several pieces. */
function endOfLetters(text: string, at: number): number {
  let end = at + widthAt(text, at);
  while (end < text.length && end - at < MAX_TERM_LENGTH - 1) {
    const type = classAt(text, end);
    if (type !== CharacterClass.letter && type !== CharacterClass.mark) break;
    end += widthAt(text, end);
  }
  return end;
}
