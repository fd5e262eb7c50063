import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import nodejieba from 'nodejieba';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  compileDictionary,
  createSegmenter,
  loadDictionary,
} from '../../../indexer/analyzer/segmenter.ts';

const OWN_WORDS = ['综保区', '高新技术产业开发区', '一窗通办', '苏州工业园区'];

/** nodejieba itself, over the entries of our dictionary as frequencies in ten thousand million. */
function loadNodejieba(): void {
  const folder = mkdtempSync(join(tmpdir(), 'park-news-words-'));
  try {
    const write = (name: string, lines: readonly string[]): string => {
      const path = join(folder, name);
      writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
      return path;
    };
    const words = new Map(loadDictionary(OWN_WORDS).entries);
    nodejieba.load({
      dict: write(
        'dict',
        [...words].map(([word, weight]) => `${word} ${(Math.exp(weight) * 1e10).toFixed(6)} n`),
      ),
      userDict: write('user', []),
      idfDict: write('idf', ['的 1']),
      stopWordDict: write('stop', ['的']),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('createSegmenter', () => {
  const segmenter = createSegmenter(compileDictionary(OWN_WORDS));
  const dictionary = loadDictionary(OWN_WORDS);
  const entries = dictionary.entries.map(([word]) => word);
  const weights = new Map(dictionary.entries);
  const weightOf = (cut: readonly string[]) =>
    cut.reduce((sum, word) => sum + (weights.get(word) ?? dictionary.leastWeight), 0);
  const run = fc
    .array(
      fc.oneof(
        fc.integer({ min: 0, max: entries.length - 1 }).map((index) => entries[index]!),
        fc.constantFrom(...OWN_WORDS, '的', '在', '了', '龘', '𠮷'),
      ),
      { minLength: 1, maxLength: 20 },
    )
    .map((words) => words.join(''));

  beforeAll(loadNodejieba);

  it('cuts as nodejieba does without its hidden model', () => {
    fc.assert(
      fc.property(run, (text) => {
        const [ours, theirs] = [segmenter.cut(text), nodejieba.cut(text)];
        // 算入 is as probable as 算 and 入 but for the last digits, which nodejieba reads from a file here.
        if (Math.abs(weightOf(ours) - weightOf(theirs)) > 1e-6) expect(ours).toEqual(theirs);
      }),
      { numRuns: 2_000 },
    );
  });

  it('cuts plain news as nodejieba does', () => {
    const text = '贵阳高新技术产业开发区综保区去年进出口总额增长百分之三十企业一窗通办';
    expect(segmenter.cut(text)).toEqual(nodejieba.cut(text));
  });

  it('finds the words of a text that nodejieba finds', () => {
    fc.assert(
      fc.property(run, (text) => {
        const theirs = nodejieba.cutAll(text).filter((word) => Array.from(word).length > 1);
        expect(segmenter.wordsAnywhere(text).sort()).toEqual([...new Set(theirs)].sort());
      }),
    );
  });

  it('cuts any text into pieces that give it back, whole characters each', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const cuts = segmenter.cut(text);
        expect(cuts.join('')).toBe(text);
        for (const piece of cuts) expect(piece).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });

  it('takes a run of any length', () => {
    const text = '综保区的企业'.repeat(20_000);
    expect(segmenter.cut(text)).toHaveLength(60_000);
    expect(segmenter.cut('')).toEqual([]);
  });

  it('tells the words inside a word without the word', () => {
    expect(segmenter.wordsInside('苏州工业园区')).toEqual(
      expect.arrayContaining(['苏州', '工业', '工业园', '园区']),
    );
    expect(segmenter.wordsInside('苏州工业园区')).not.toContain('苏州工业园区');
  });
});
