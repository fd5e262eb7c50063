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

/** Cuts `[start, end)` of a normalised text without a gap. Chinese characters are left to `cutHan`. */
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
        for (const { length, kind, term, parts } of cutHan(window.slice(at, stop)))
          take(at + length, kind, term, parts);
        at = stop;
        break;
      }
      case CharacterClass.digit: {
        const { length, scaleLength, term, parts } = readNumber(window, at);
        const stop = at + length;
        if (stop < end && classAt(window, stop) === CharacterClass.latin) takeLatin();
        else {
          const all = new Set([...parts, ...scaleWords(stop - scaleLength, stop)]);
          all.delete(term);
          take(stop, 'number', term, [...all]);
        }
        break;
      }
      case CharacterClass.latin:
        takeLatin();
        break;
      case CharacterClass.letter: {
        const stop = endOfLetters(window, at);
        take(stop, 'word', window.slice(at, stop));
        break;
      }
      case CharacterClass.space:
        take(endOfRun(window, at, type), 'space', '');
        break;
      case CharacterClass.punctuation:
        take(endOfRun(window, at, type), 'punctuation', '');
        break;
      case CharacterClass.mark:
      case CharacterClass.other: {
        const stop = at + widthAt(window, at);
        take(stop, 'other', window.slice(at, stop));
        break;
      }
      default:
        return type satisfies never;
    }
  }
  return pieces;

  function take(stop: number, kind: TokenKind, term: string, parts = none): void {
    pieces.push({ start: at, end: stop, kind, term, parts });
    at = stop;
  }

  function takeLatin(): void {
    const { length, term, parts } = readLatinWord(window, at);
    take(at + length, 'latin', term, parts);
  }

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
