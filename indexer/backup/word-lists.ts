import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { WORD_LIST_FILES, WORD_LIST_FOLDER } from '../../config/word-list-files.ts';
import { writeAtomically } from '../core/write-atomically.ts';

export const wordListSchema = z.object({ name: z.enum(WORD_LIST_FILES), content: z.string() });
export type WordList = z.infer<typeof wordListSchema>;

/** The word lists and the park gazetteer as they are now. */
export function readWordLists(folder = WORD_LIST_FOLDER): WordList[] {
  return WORD_LIST_FILES.map((name) => ({
    name,
    content: readFileSync(join(folder, name), 'utf8'),
  }));
}

/** Those of the lists that are not as they are now. */
export function changedWordLists(
  lists: readonly WordList[],
  folder = WORD_LIST_FOLDER,
): WordList[] {
  const now = new Map(readWordLists(folder).map(({ name, content }) => [name, content]));
  return lists.filter(({ name, content }) => now.get(name) !== content);
}

/** Puts the lists in place, each file completely or not at all. */
export function writeWordLists(lists: readonly WordList[], folder = WORD_LIST_FOLDER): void {
  for (const { name, content } of lists) writeAtomically(join(folder, name), content);
}
