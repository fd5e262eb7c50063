import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadGazetteer } from '../../../config/gazetteer.ts';
import { createAnalyzer } from '../../../indexer/analyzer/analyzer.ts';
import {
  createStopWords,
  loadAnalyzerWords,
  loadWordList,
  WordListError,
} from '../../../indexer/analyzer/words.ts';

describe('loadWordList', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'words-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('takes a word a line and leaves remarks out', () => {
    writeFileSync(join(folder, 'list.txt'), '\ufeff# 说明\r\n高新区\r\n\r\n 综保区 # 海关\r\n');
    expect(loadWordList('list.txt', folder)).toEqual(['高新区', '综保区']);
  });

  it('names every fault with its line', () => {
    writeFileSync(join(folder, 'list.txt'), `高新区\n高新区\n一 二\n${'长'.repeat(31)}\n`);
    expect(() => loadWordList('list.txt', folder)).toThrow(WordListError);
    expect(() => loadWordList('list.txt', folder)).toThrow(
      /第 2 行“高新区”：与第 1 行重复.*\n.*第 3 行.*一行只能写一个词.*\n.*第 4 行.*超过 30 个字/,
    );
  });

  it('says which file is missing', () => {
    expect(() => loadWordList('none.txt', folder)).toThrow(/none\.txt：读不了/);
  });
});

describe('the word lists of this project', () => {
  const words = loadAnalyzerWords(loadGazetteer());
  const isStopWord = createStopWords(loadWordList('stop-words.txt'));

  it('are cut as they stand', () => {
    const analyzer = createAnalyzer(words);
    for (const word of words.dictionary) expect(analyzer.analyze(word)).toHaveLength(1);
  });

  it('hold the names of the parks', () => {
    expect(words.names).toContain('苏州工业园区');
  });

  it.each(['的', '请问', '哪些', '什么'])('count %s as a stop word', (word) => {
    expect(isStopWord(word)).toBe(true);
  });

  it.each(['高新区', '企业', '发展', '贵阳', ''])('do not count %s as a stop word', (word) => {
    expect(isStopWord(word)).toBe(false);
  });
});
