import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORD_LIST_FILES, WORD_LIST_FOLDER } from '../config/word-list-files.ts';

export type WordListName = (typeof WORD_LIST_FILES)[number];

/** Copies the project's word lists into a folder, to be edited there. */
export function copyWordLists(folder: string): void {
  for (const name of WORD_LIST_FILES) cpSync(join(WORD_LIST_FOLDER, name), join(folder, name));
}

/** Rewrites one list of a folder. */
export function editWordList(
  folder: string,
  name: WordListName,
  edit: (content: string) => string,
): void {
  const file = join(folder, name);
  writeFileSync(file, edit(readFileSync(file, 'utf8')));
}

/** The line of `parks.jsonl` that describes the park. */
export function parkLine(id: string): string {
  const file = join(WORD_LIST_FOLDER, 'parks/parks.jsonl');
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`{"id": "${id}"`));
  if (line === undefined) throw new Error(`no park ${id}`);
  return `${line}\n`;
}
