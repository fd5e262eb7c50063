import { fileURLToPath } from 'node:url';

/** The files that a person edits: words, and the parks with what may be taken for one. */
export const WORD_LIST_FILES = [
  'stop-words.txt',
  'synonyms.txt',
  'user-dictionary.txt',
  'parks/parks.jsonl',
  'parks/traps.json',
] as const;

/** Where they lie, unless `WORD_LISTS` names another folder. */
export const WORD_LIST_FOLDER = fileURLToPath(new URL('./', import.meta.url));
