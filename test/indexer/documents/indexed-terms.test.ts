import { beforeAll, describe, expect, it } from 'vitest';
import { loadGazetteer } from '../../../config/gazetteer.ts';
import type { Analyzer } from '../../../indexer/analyzer/analyzer.ts';
import { createAnalyzer } from '../../../indexer/analyzer/analyzer.ts';
import { loadAnalyzerWords } from '../../../indexer/analyzer/words.ts';
import { indexedTerms } from '../../../indexer/documents/indexed-terms.ts';

describe('indexedTerms', () => {
  let analyzer: Analyzer;
  beforeAll(() => {
    analyzer = createAnalyzer(loadAnalyzerWords(loadGazetteer()));
  });

  it.each([
    ['增长30.5%', ['30.5%', '30.5', '30', '5%']],
    ['超过10000名', ['10000', '1000', '100']],
    ['融资２５０亿元', ['250', '25', '50', '25000000000']],
    ['C919和S-300', ['919', '19', '300', '30']],
    ['674.5万TB', ['674.5', '74']],
    ['共4,569.44亿元', ['4569.44', '4569', '569']],
  ])('of %s are the figure and its pieces', (text, expected) => {
    expect(indexedTerms(analyzer, text)).toEqual(expect.arrayContaining(expected));
  });

  it('are no pieces of what is no figure', () => {
    expect(indexedTerms(analyzer, '二〇二五年')).not.toContain('02');
    expect(indexedTerms(analyzer, '电话13800001111222')).not.toContain('1111');
  });
});
