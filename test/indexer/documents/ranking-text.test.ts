import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../../indexer/analyzer/analyzer.ts';
import { rankingText, toTermText } from '../../../indexer/documents/ranking-text.ts';
import { isCut } from '../../../indexer/store/ranking-texts.ts';

const analyzer = createAnalyzer({ dictionary: [], names: [] });
const cut = (title: string, body: string) =>
  rankingText(analyzer.analyze(title), analyzer.analyze(body));

describe('toTermText', () => {
  it('writes what is found alike alike', () => {
    expect(toTermText(analyzer.analyze('二〇二五年，ＧＤＰ增長')).text).toBe(
      toTermText(analyzer.analyze('2025年,gdp增长')).text,
    );
  });
});

describe('rankingText', () => {
  it('tells heading and body apart', () => {
    const { text, bodyStart } = cut('园区招商', '企业入驻。');
    expect(text.slice(0, bodyStart)).toBe('园区招商\n');
    expect(text.slice(bodyStart)).toBe('企业入驻 ');
  });

  it('marks exactly where tokens begin, and the end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (title, body) => {
        const { text, cuts } = cut(title, body);
        const expected = new Set([text.length]);
        let at = 0;
        for (const { term } of analyzer.analyze(title)) {
          expected.add(at);
          at += Math.max(1, term.length);
        }
        expected.add(at++);
        for (const { term } of analyzer.analyze(body)) {
          expected.add(at);
          at += Math.max(1, term.length);
        }
        for (let offset = 0; offset <= text.length; offset++)
          expect(isCut(cuts, offset)).toBe(expected.has(offset));
      }),
    );
  });
});
