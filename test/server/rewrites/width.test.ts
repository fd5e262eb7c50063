import { describe, expect, it } from 'vitest';
import { widthRewriter } from '../../../server/rewrites/convert-texts.ts';
import { rewritten } from './rewriting.ts';

describe('widthRewriter', () => {
  it.each([
    ['ＧＵＩ', 'GUI'],
    ['３．８％', '3.8%'],
    ['２０２１年', '2021年'],
    ['4，569.44亿元', '4,569.44亿元'],
    ['50％', '50%'],
    ['ＣＯＶＩＤ－１９', 'COVID-19'],
    ['Ｒ＆Ｄ投入', 'R&D投入'],
    ['园区:ＧＹＧＸＱ', '园区:GYGXQ'],
    ['-ＧＵＩ', '-GUI'],
  ])('makes %s %s', (query, expected) => {
    expect(rewritten(query, [widthRewriter]).query).toBe(expected);
    expect(rewritten(query, [widthRewriter]).applied).toHaveLength(1);
  });

  it.each([
    ['Chinese punctuation', '增长，是多少？'],
    ['phrases', '"ＧＵＩ"'],
    ['what would become a sign of the query language', 'ＯＲ'],
    ['a minus sign that would exclude', '－招商'],
    ['half-width text', 'GUI 3.8%'],
    ['sources, which are filtered by as written', '来源:ＡＢＣ'],
  ])('leaves %s alone', (_, query) => {
    expect(rewritten(query, [widthRewriter])).toMatchObject({ query, applied: [] });
  });

  it('can be undone', () => {
    expect(rewritten('ＧＵＩ ＡＢ', [widthRewriter], ['ＧＵＩ'])).toMatchObject({
      query: 'ＧＵＩ AB',
      applied: ['width ＡＢ → AB'],
    });
  });
});
