import { describe, expect, it } from 'vitest';
import { seededRandom } from '../jumbled-pages.ts';
import type { AllHits } from './ask-all.ts';
import { drawStrings, drawWords } from './draw.ts';
import { explainFalseHit } from './explain-miss.ts';
import { type Answer, tallyAnswers } from './tally.ts';
import { benchAnalyzer } from '../relevance/systems/terms.ts';

const TEXTS = [
  '园区今天开工\n总投资3.8亿元，建设C919配套项目。',
  '他说：“加快建设！”  综合保税区通关时间缩短50%。',
];

describe('drawStrings', () => {
  const strings = drawStrings(TEXTS, 60, seededRandom(1));

  it('takes two to six characters that stand in a line', () => {
    const lines = TEXTS.flatMap((text) => text.split('\n'));
    for (const text of strings) {
      expect(Array.from(text).length).toBeGreaterThanOrEqual(2);
      expect(Array.from(text).length).toBeLessThanOrEqual(6);
      expect(lines.some((line) => line.includes(text))).toBe(true);
    }
  });

  it('takes nothing that the query language would read', () => {
    for (const text of strings) {
      expect(text).not.toMatch(/["“”\n]|^\s|\s$/);
      expect(text).toMatch(/[\p{L}\p{N}]/u);
    }
  });

  it('takes each once, and some with digits or Latin letters', () => {
    expect(new Set(strings).size).toBe(strings.length);
    expect(strings.filter((text) => /[0-9A-Z]/.test(text)).length).toBeGreaterThanOrEqual(12);
  });

  it('gives what there is when there is too little', () => {
    expect(drawStrings(['甲乙'], 5, seededRandom(1))).toEqual(['甲乙']);
  });
});

describe('drawWords', () => {
  it('takes words of two characters and more, each once', () => {
    const words = drawWords(TEXTS, 8, benchAnalyzer(), seededRandom(1));
    expect(new Set(words).size).toBe(8);
    for (const word of words) {
      expect(word.length).toBeGreaterThanOrEqual(2);
      expect(TEXTS.join('\n')).toContain(word);
    }
  });
});

describe('tallyAnswers', () => {
  function answer(
    found: readonly string[],
    wanted: readonly string[],
    total = found.length,
  ): Answer {
    const hits: AllHits = {
      ids: new Set(found),
      total,
      totalIsExact: true,
      repeated: 0,
      rewrites: [],
    };
    return {
      text: '园区',
      hits,
      wanted: new Set(wanted),
      wantedExactly: new Set(wanted.slice(0, 1)),
    };
  }

  it('counts pairs over all queries', () => {
    const tally = tallyAnswers([answer(['a', 'b', 'x'], ['a', 'b']), answer([], ['c'])], true);
    expect(tally).toMatchObject({ wanted: 3, found: 2, hits: 3, perfect: 0 });
    expect(tally.recall).toBeCloseTo(2 / 3);
    expect(tally.precision).toBeCloseTo(2 / 3);
    expect(tally.exactRecall).toBeCloseTo(1 / 2);
    expect(tally.exactPrecision).toBeCloseTo(1 / 3);
  });

  it('forgives false hits where precision is not asked for', () => {
    expect(tallyAnswers([answer(['a', 'x'], ['a'])], false).perfect).toBe(1);
    expect(tallyAnswers([answer(['a', 'x'], ['a'])], true).perfect).toBe(0);
  });

  it('notes a total that is not the number of hits', () => {
    expect(tallyAnswers([answer(['a'], ['a'], 5)], true).wrongTotals).toBe(1);
  });
});

describe('explainFalseHit', () => {
  it('tells text with other signs between from text that is not there', () => {
    expect(explainFalseHit('园区，开工', '园区开工')).toMatch(/other signs/);
    expect(explainFalseHit('园区', '开工')).toMatch(/do not stand/);
  });
});
