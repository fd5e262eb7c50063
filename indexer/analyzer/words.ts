import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Gazetteer } from '../../config/gazetteer.ts';
import { WORD_LIST_FOLDER } from '../../config/word-list-files.ts';
import { normaliseText } from './normalised-text.ts';

/** Every fault of a word list, one a line, in Chinese. */
export class WordListError extends Error {
  override readonly name = 'WordListError';
}

const MAX_WORD_LENGTH = 30;

/** What an analyzer knows beside nodejieba's dictionary. */
export type AnalyzerWords = Readonly<ReturnType<typeof loadAnalyzerWords>>;

/**
 * The words for `createAnalyzer`: the user dictionary and the names of the parks.
 * @throws WordListError that names file, line and remedy of every fault.
 */
export function loadAnalyzerWords(
  gazetteer: Pick<Gazetteer, 'parks'>,
  folder: string = WORD_LIST_FOLDER,
) {
  const names = gazetteer.parks.flatMap((park) => [
    park.name,
    park.fullName,
    ...park.aliases,
    ...park.ambiguousAliases,
    ...park.formerNames.map((former) => former.name),
  ]);
  return {
    /** Words of the field. */
    dictionary: loadWordList('user-dictionary.txt', folder),
    /** Names of parks, in all their forms. */
    names: [...new Set(names)].sort() as readonly string[],
  };
}

/**
 * The words of a list, in the order of the file: one a line; empty lines and what follows `#` are left out.
 * @throws WordListError
 */
export function loadWordList(file: string, folder: string = WORD_LIST_FOLDER): readonly string[] {
  let content: string;
  try {
    content = readFileSync(join(folder, file), 'utf8');
  } catch (cause) {
    throw new WordListError(`${file}：读不了这个文件。请从版本库恢复它，并检查读取权限`, { cause });
  }
  const lineOf = new Map<string, number>();
  const problems: string[] = [];
  for (const [index, line] of content.split(/\r?\n/).entries()) {
    const word = line.replace(/^\ufeff|#.*/g, '').trim();
    if (word === '') continue;
    const place = `${file} 第 ${index + 1} 行“${word.slice(0, 20)}”`;
    const first = lineOf.get(word);
    if (/\s/u.test(word)) problems.push(`${place}：一行只能写一个词。请把空格后面的词移到下一行`);
    else if (word.length > MAX_WORD_LENGTH)
      problems.push(`${place}：超过 ${MAX_WORD_LENGTH} 个字。请只写词，不写句子`);
    else if (first !== undefined) problems.push(`${place}：与第 ${first} 行重复。请删去一行`);
    else lineOf.set(word, index + 1);
  }
  if (problems.length > 0) throw new WordListError(problems.join('\n'));
  return [...lineOf.keys()];
}

/** Tells whether a token's term says nothing about what is looked for: 的, 请问, 哪些. */
export function createStopWords(words: readonly string[]): (term: string) => boolean {
  const terms = new Set(words.map((word) => normaliseText(word).text));
  return (term) => terms.has(term);
}
