import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBibtex, formatGbt7714 } from '../../../server/pages/citation.ts';
import type { CitedArticle } from '../../../server/pages/citation.ts';

const PRINTED: CitedArticle = {
  id: 'a-1',
  title: '园区里的“专精特新”',
  authors: ['示例甲', '示例乙'],
  source: '示例科技报',
  section: '第04版 创新',
  date: '2019-12-03',
  url: null,
  accessed: '2025-01-02',
};

describe('formatGbt7714', () => {
  it.each<[string, Partial<CitedArticle>, string]>([
    ['in print', {}, '示例甲,示例乙.园区里的“专精特新”[N].示例科技报,2019-12-03(04).'],
    [
      'online',
      { url: 'http://127.0.0.1/articles/a-1' },
      '示例甲,示例乙.园区里的“专精特新”[N/OL].示例科技报,2019-12-03(04)[2025-01-02].http://127.0.0.1/articles/a-1.',
    ],
    [
      'with more than three authors',
      { authors: ['甲', '乙', '丙', '丁'] },
      '甲,乙,丙,等.园区里的“专精特新”[N].示例科技报,2019-12-03(04).',
    ],
    [
      'without author, page or full date',
      { authors: [], section: '要闻', date: '2019-12' },
      '园区里的“专精特新”[N].示例科技报,2019-12.',
    ],
    [
      'of unknown date',
      { date: null },
      '示例甲,示例乙.园区里的“专精特新”[N].示例科技报,[日期不详](04).',
    ],
    [
      'without source and date',
      { source: null, section: null, date: null, url: 'http://a/1' },
      '示例甲,示例乙.园区里的“专精特新”[EB/OL].[2025-01-02].http://a/1.',
    ],
    [
      'without source',
      { source: null, section: null, url: 'http://a/1' },
      '示例甲,示例乙.园区里的“专精特新”[EB/OL].(2019-12-03)[2025-01-02].http://a/1.',
    ],
  ])('%s', (_, changes, expected) => {
    expect(formatGbt7714({ ...PRINTED, ...changes })).toBe(expected);
  });
});

describe('formatBibtex', () => {
  it('fills the fields of a newspaper article', () => {
    expect(formatBibtex(PRINTED)).toBe(`@article{a-1,
  author = {{示例甲} and {示例乙}},
  title = {{园区里的“专精特新”}},
  journal = {示例科技报},
  year = {2019},
  month = {12},
  day = {3},
  pages = {04},
  mark = {N},
  langid = {chinese},
}`);
  });

  it('escapes what LaTeX would take for a command', () => {
    expect(formatBibtex({ ...PRINTED, title: '50% & #1_{a}' })).toContain(
      'title = {{50\\% \\& \\#1\\_\\textbraceleft{}a\\textbraceright{}}}',
    );
  });

  it('balances its braces and keeps a field on a line whatever the texts', () => {
    const word = fc.string({ unit: 'binary', maxLength: 30 });
    fc.assert(
      fc.property(word, word, word, word, (title, author, source, url) => {
        const entry = formatBibtex({ ...PRINTED, title, authors: [author], source, url });
        const steps = [...entry.matchAll(/[{}]/g)].map(([brace]) => (brace === '{' ? 1 : -1));
        let depth = 0;
        let lowest = 0;
        for (const step of steps) lowest = Math.min(lowest, (depth += step));
        expect([lowest, depth]).toEqual([0, 0]);
        expect(
          entry
            .split('\n')
            .slice(1, -1)
            .every((line) => /^ {2}[a-z]+ = \{/.test(line)),
        ).toBe(true);
      }),
    );
  });
});
