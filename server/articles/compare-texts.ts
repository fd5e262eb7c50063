import { diffArrays } from 'diff';

export interface TextPiece {
  readonly type: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** One step of a comparison; sentences as they stand in the texts, white space at both ends left out. */
export type TextChange =
  | { readonly type: 'same' | 'removed' | 'added'; readonly sentences: readonly string[] }
  /** Sentences that say nearly the same: the words that differ. */
  | { readonly type: 'changed'; readonly pieces: readonly TextPiece[] };

/** Beyond it a page would grow and the server would compute for longer than the answer is worth. */
const MAX_LENGTH = 12_000;
const MAX_EDITS = { sentences: 200, words: 400 } as const;
/** Sentences that share less of the shorter side are shown one after the other. */
const LEAST_IN_COMMON = 0.6;

const words = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * How two texts differ, sentence by sentence; breaks between paragraphs do not count. The differences
 * are found by Myers’ algorithm (jsdiff). Null when a text is longer than 12,000 characters or they
 * have too little in common.
 */
export function compareTexts(from: string, to: string): TextChange[] | null {
  if (from.length > MAX_LENGTH || to.length > MAX_LENGTH) return null;
  const changes = diffArrays(sentencesOf(from), sentencesOf(to), {
    maxEditLength: MAX_EDITS.sentences,
  });
  if (changes === undefined) return null;
  const compared: TextChange[] = [];
  for (let at = 0; at < changes.length; at += 1) {
    const change = changes[at]!;
    const next = changes[at + 1];
    const pieces =
      change.removed && next?.added === true ? compareWords(change.value, next.value) : null;
    if (pieces === null) compared.push({ type: typeOf(change), sentences: change.value });
    else {
      compared.push({ type: 'changed', pieces });
      at += 1;
    }
  }
  return compared;
}

/** `甲。“乙！”丙` → `甲。`, `“乙！”`, `丙`. */
export function sentencesOf(text: string): string[] {
  const sentences =
    text.match(/[^。！？!?\n]+(?:[。！？!?]+[”’」』）)]*)?|[。！？!?]+[”’」』）)]*/gu) ?? [];
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
}

function compareWords(removed: readonly string[], added: readonly string[]): TextPiece[] | null {
  const [before, after] = [removed.join(''), added.join('')];
  const changes = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: MAX_EDITS.words });
  if (changes === undefined) return null;
  const pieces = changes.map((change) => ({ type: typeOf(change), text: change.value.join('') }));
  const common = pieces.reduce(
    (sum, { type, text }) => sum + (type === 'same' ? text.length : 0),
    0,
  );
  return common < LEAST_IN_COMMON * Math.min(before.length, after.length) ? null : pieces;
}

function wordsOf(text: string): string[] {
  return Array.from(words.segment(text), ({ segment }) => segment);
}

function typeOf({ added, removed }: { added: boolean; removed: boolean }): TextPiece['type'] {
  if (added) return 'added';
  return removed ? 'removed' : 'same';
}
