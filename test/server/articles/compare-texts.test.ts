import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextChange } from '../../../server/articles/compare-texts.ts';
import { compareTexts, sentencesOf } from '../../../server/articles/compare-texts.ts';

/** One of the two texts, put together from the comparison. */
function side(changes: readonly TextChange[], left: 'removed' | 'added'): string {
  return changes
    .map((change) => {
      if (change.type === 'changed')
        return change.pieces
          .filter(({ type }) => type === 'same' || type === left)
          .map(({ text }) => text)
          .join('');
      return change.type === 'same' || change.type === left ? change.sentences.join('') : '';
    })
    .join('');
}

describe('sentencesOf', () => {
  it.each([
    ['甲。“乙！”丙', ['甲。', '“乙！”', '丙']],
    ['一行\n\n 二行？', ['一行', '二行？']],
    ['', []],
  ])('%j', (text, expected) => {
    expect(sentencesOf(text)).toEqual(expected);
  });
});

describe('compareTexts', () => {
  it('marks the words that differ in a sentence', () => {
    const [same, changed, ...more] = compareTexts(
      '开工了。今年园区新增企业126家。',
      '开工了。\n今年园区新增企业128家。',
    )!;
    expect(same).toEqual({ type: 'same', sentences: ['开工了。'] });
    expect(changed).toEqual({
      type: 'changed',
      pieces: [
        { type: 'same', text: '今年园区新增企业' },
        { type: 'removed', text: '126' },
        { type: 'added', text: '128' },
        { type: 'same', text: '家。' },
      ],
    });
    expect(more).toEqual([]);
  });

  it('shows sentences that have little in common one after the other', () => {
    expect(compareTexts('晨雾散了。', '园区新增企业很多家！')!.map(({ type }) => type)).toEqual([
      'removed',
      'added',
    ]);
  });

  it('gives up on what would take too long to read', () => {
    expect(compareTexts('长。'.repeat(6_001), '短。')).toBeNull();
    const unlike = (word: string) =>
      Array.from({ length: 300 }, (_, at) => `${word}${at}。`).join('');
    expect(compareTexts(unlike('甲'), unlike('乙'))).toBeNull();
  });

  it('loses nothing of either text but the breaks between sentences', () => {
    const text = fc.string({
      unit: fc.constantFrom('园', '区', '12', '。', '！”', '\n', ' ', '𠮷', 'ab'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, text, (from, to) => {
        const changes = compareTexts(from, to)!;
        expect(side(changes, 'removed')).toBe(sentencesOf(from).join(''));
        expect(side(changes, 'added')).toBe(sentencesOf(to).join(''));
      }),
    );
  });
});
