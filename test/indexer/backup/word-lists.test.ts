import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  changedWordLists,
  readWordLists,
  writeWordLists,
} from '../../../indexer/backup/word-lists.ts';
import { temporaryFolder } from '../../service-for-tests.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  cpSync('config', folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('word lists', () => {
  it('come back as they were edited', () => {
    const file = join(folder, 'synonyms.txt');
    writeFileSync(file, '甲, 乙\n');
    const edited = readWordLists(folder);
    expect(changedWordLists(edited, folder)).toEqual([]);
    expect(changedWordLists(edited).map(({ name }) => name)).toEqual(['synonyms.txt']);
    cpSync('config/synonyms.txt', file);
    writeWordLists(changedWordLists(edited, folder), folder);
    expect(readFileSync(file, 'utf8')).toBe('甲, 乙\n');
    expect(readWordLists(folder)).toEqual(edited);
  });
});
