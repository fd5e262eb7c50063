import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { writeWhole } from './write-whole.ts';

const configFolder = fileURLToPath(new URL('../../config/', import.meta.url));

/** The files of `config/` that a person edits. */
const FILES = [
  'stop-words.txt',
  'synonyms.txt',
  'user-dictionary.txt',
  'parks/parks.jsonl',
  'parks/traps.json',
] as const;

export const wordListSchema = z.object({ name: z.enum(FILES), content: z.string() });
export type WordList = z.infer<typeof wordListSchema>;

/** The word lists and the park gazetteer as they are now. */
export function readWordLists(folder = configFolder): WordList[] {
  return FILES.map((name) => ({ name, content: readFileSync(join(folder, name), 'utf8') }));
}

/** Those of the lists that are not as they are now. */
export function changedWordLists(lists: readonly WordList[], folder = configFolder): WordList[] {
  const now = new Map(readWordLists(folder).map(({ name, content }) => [name, content]));
  return lists.filter(({ name, content }) => now.get(name) !== content);
}

/** Puts the lists in place, each file whole or not at all. */
export function writeWordLists(lists: readonly WordList[], folder = configFolder): void {
  for (const { name, content } of lists) writeWhole(join(folder, name), content);
}
