import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnalyzer, type Token } from '../../../indexer/analyzer/analyzer.ts';
import { MAX_TERM_LENGTH } from '../../../indexer/analyzer/opaque.ts';
import { anyText, differentlySpelt } from './texts.ts';

const words = {
  dictionary: ['专精特新', '一窗通办', '高新区', '十三五', '营商环境', '高新技术产业开发区'],
  names: ['苏州工业园区', '贵阳高新区', '西部(重庆)科学城'],
};
const analyzer = createAnalyzer(words);

const join = (tokens: readonly Token[]) => tokens.map((token) => token.text).join('');
const terms = (text: string) =>
  analyzer.analyze(text).flatMap((token) => (token.term === '' ? [] : [token.term]));
const find = (text: string, part: string) => {
  const token = analyzer.analyze(text).find((candidate) => candidate.text === part);
  if (token === undefined) throw new Error(`no token ${part} in ${text}`);
  return token;
};

describe('analyze', () => {
  it('gives tokens that join to the text, without a gap, for any string', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = analyzer.analyze(text);
        expect(join(tokens)).toBe(text);
        let end = 0;
        for (const token of tokens) {
          expect(token.start).toBe(end);
          expect(token.end).toBeGreaterThan(token.start);
          expect(text.slice(token.start, token.end)).toBe(token.text);
          end = token.end;
        }
        expect(end).toBe(text.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives terms and parts the engine takes whole, and none to white space and punctuation', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { term, parts, kind } of analyzer.analyze(text)) {
          expect(term === '').toBe(kind === 'space' || kind === 'punctuation');
          expect(new Set([term, ...parts]).size).toBe(1 + parts.length);
          for (const form of [term, ...parts])
            expect(form.length).toBeLessThanOrEqual(MAX_TERM_LENGTH);
          for (const part of parts) expect(part).not.toBe('');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the same tokens whatever was cut before', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        const first = analyzer.analyze(text);
        analyzer.analyze(other);
        expect(analyzer.analyze(text)).toEqual(first);
      }),
      { numRuns: 300 },
    );
  });

  it('gives variants in width and case the same terms', () => {
    const ascii = fc.string({ unit: fc.constantFrom(...Array.from('aZ09.,%-高新区 年万')) });
    fc.assert(
      fc.property(ascii, (text) => {
        const wide = text.replace(/[!-~]/g, (sign) =>
          String.fromCharCode(sign.charCodeAt(0) + 0xfee0),
        );
        expect(terms(wide)).toEqual(terms(text));
        expect(terms(text.toUpperCase())).toEqual(terms(text.toLowerCase()));
      }),
    );
  });

  it.each(differentlySpelt)('gives both scripts the same terms: %s', (traditional, simplified) => {
    expect(terms(traditional)).toEqual(terms(simplified));
  });

  it.each([
    ['2025年', ['2025', '年']],
    ['二〇二五年', ['2025', '年']],
    ['２０２５年', ['2025', '年']],
    ['51万件', ['510000', '件']],
    ['五十一万件', ['510000', '件']],
    ['4,569.44亿元', ['456944000000', '元']],
    ['增长３．８％', ['增长', '3.8%']],
    ['百分之三点八', ['3.8%']],
    ['第39名', ['第', '39', '名']],
    ['09月', ['9', '月']],
    ['2021.09.15', ['2021', '9', '15']],
    ['十三五规划', ['十三五', '规划']],
    ['二十大', ['二十大']],
    ['一二三产业', ['一二三', '产业']],
    ['5G和C919', ['5g', '和', 'c919']],
    ['AI+、C++', ['ai', 'c++']],
    ['E-mail', ['email']],
    ['30㎡', ['30', 'm2']],
    ['高\u200b新\u00ad区', ['高新区']],
    ['😀', ['😀']],
  ])('cuts %s', (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  it.each([
    ['苏州工业园区', ['苏州', '工业园区', '工业', '园区']],
    ['高新区', ['高新']],
    ['贵阳高新区', ['贵阳', '高新区', '高新']],
    ['4,569.44亿', ['4569.44', '亿元']],
    ['3.8%', ['3.8']],
    ['USB3.0', ['usb', '3.0']],
    ['AI+', ['ai+']],
  ])('finds the smaller words of %s', (text, parts) => {
    expect(find(`${text}元`, text).parts).toEqual(expect.arrayContaining(parts));
  });

  it('takes turns with an analyzer of other words', () => {
    const other = createAnalyzer({ dictionary: [], names: [] });
    expect(terms('一窗通办')).toEqual(['一窗通办']);
    expect(other.analyze('一窗通办').length).toBeGreaterThan(1);
    expect(terms('一窗通办')).toEqual(['一窗通办']);
    expect(other.version).not.toBe(analyzer.version);
    expect(createAnalyzer(words).version).toBe(analyzer.version);
  });

  it('cuts a page without any border in time that grows with its length', () => {
    for (const unit of [
      '高',
      'a',
      '1',
      '1,',
      '㎡',
      'か',
      'e\u0301',
      '\u0301',
      '1万',
      '😀',
      '\u200b',
      '一百元',
      '二〇',
      '百分之三点一',
      '1万元',
      'a-',
      'ﷺ',
      '乾',
      '髮',
      '\u0323\u0301',
    ]) {
      const tokens = analyzer.analyze(unit.repeat(20_000));
      expect(join(tokens)).toBe(unit.repeat(20_000));
      for (const { term, parts } of tokens)
        for (const form of [term, ...parts]) if (form.length > MAX_TERM_LENGTH) expect.fail(form);
    }
  });
});
