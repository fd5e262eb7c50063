import { countWhile } from '../core/count-while.ts';
import { widthAt } from '../core/utf16.ts';
import {
  isHighSurrogate,
  joinsBefore,
  mappedUnits,
  normaliseCluster,
  Step,
  steps,
} from './character-steps.ts';
import { simplifyRuns } from './simplified.ts';

/** A place where normalising changed the length. Offsets are UTF-16. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly originalStart: number;
  readonly originalEnd: number;
}

export interface NormalisedText {
  readonly text: string;
  /** In order, without overlaps; everywhere else one unit stands for one unit. */
  readonly edits: readonly Edit[];
  /**
   * The span of the original that `[start, end)` of `text` stands for, UTF-16. Where it cuts through
   * a character that became several (㎡ → m2), the whole character is in the span.
   */
  toOriginal(start: number, end: number): { start: number; end: number };
}

/** Longer rows of accents are normalised in pieces: sorting them is not linear. */
const MAX_CLUSTER_LENGTH = 64;

/**
 * The form in which texts are compared: NFKC, invisible characters left out, traditional → simplified
 * by phrases (OpenCC), lower case. `ＧＤＰ 達３．８％ → gdp 达3.8%`. Linear in the text.
 */
export function normaliseText(original: string): NormalisedText {
  const edits: Edit[] = [];
  let units = new Uint16Array(original.length + 16);
  let length = 0;
  let hasTraditional = false;

  function write(replacement: string, originalStart: number, originalEnd: number): void {
    if (length + replacement.length + original.length - originalEnd > units.length) {
      const larger = new Uint16Array(units.length * 2 + replacement.length);
      larger.set(units);
      units = larger;
    }
    const start = length;
    for (let at = 0; at < replacement.length; at++) {
      const unit = replacement.charCodeAt(at);
      if (steps[unit] === Step.traditional) hasTraditional = true;
      units[length++] = unit;
    }
    if (replacement.length !== originalEnd - originalStart)
      edits.push({ start, end: length, originalStart, originalEnd });
  }

  /** Where the cluster of the character at an offset begins; what was written of it is taken back. */
  function takeBack(at: number): number {
    if (at === 0 || !joinsBefore(original, at)) return at;
    const previous = previousStart(original, at);
    // Only the rest of a long row of accents stands behind one that was written before.
    if (joinsBefore(original, previous)) return at;
    const last = edits.at(-1);
    if (last?.originalEnd !== at) {
      length -= at - previous;
      return previous;
    }
    edits.pop();
    length = last.start;
    return last.originalStart;
  }

  for (let at = 0; at < original.length; at++) {
    const unit = original.charCodeAt(at);
    switch (steps[unit]) {
      case Step.keep:
        units[length++] = unit;
        break;
      case Step.map:
        units[length++] = mappedUnits[unit] as number;
        break;
      case Step.traditional:
        units[length++] = unit;
        hasTraditional = true;
        break;
      case Step.drop:
        write('', at, at + 1);
        break;
      default: {
        const start = takeBack(at);
        let end = at + widthAt(original, at);
        while (
          end - start < MAX_CLUSTER_LENGTH &&
          end < original.length &&
          joinsBefore(original, end)
        )
          end += widthAt(original, end);
        write(normaliseCluster(original.slice(start, end)), start, end);
        at = end - 1;
      }
    }
  }
  const text = Buffer.from(units.buffer, 0, length * 2).toString('utf16le');
  return {
    text: hasTraditional ? simplifyRuns(text) : text,
    edits,
    toOriginal(start, end) {
      const from = originalStart(edits, start);
      return { start: from, end: end <= start ? from : originalEnd(edits, end) };
    },
  };
}

function originalStart(edits: readonly Edit[], at: number): number {
  const before = countWhile(edits, (edit) => edit.end <= at);
  const inside = edits[before];
  if (inside !== undefined && inside.start < at) return inside.originalStart;
  const last = edits[before - 1];
  return last === undefined ? at : at - last.end + last.originalEnd;
}

function originalEnd(edits: readonly Edit[], at: number): number {
  const last = edits[countWhile(edits, (edit) => edit.start < at) - 1];
  if (last === undefined) return at;
  return at < last.end ? last.originalEnd : at - last.end + last.originalEnd;
}

function previousStart(text: string, at: number): number {
  const low = text.charCodeAt(at - 1);
  const isPair =
    low >= 0xdc00 && low <= 0xdfff && at > 1 && isHighSurrogate(text.charCodeAt(at - 2));
  return isPair ? at - 2 : at - 1;
}
