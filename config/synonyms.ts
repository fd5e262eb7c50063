import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Each word, as written in the file, with what is searched for as well. */
export type Synonyms = ReadonlyMap<string, readonly string[]>;

/** Every fault of `config/synonyms.txt`, one a line, in Chinese. */
export class SynonymsError extends Error {
  override readonly name = 'SynonymsError';
}

const defaultFolder = fileURLToPath(new URL('./', import.meta.url));
const FILE = 'synonyms.txt';
const MOST_WORDS = 5;
const LONGEST_WORD = 30;

/**
 * The synonyms of `config/synonyms.txt`; its head says how they are written.
 * @throws SynonymsError that names file, line and remedy of every fault.
 */
export function loadSynonyms(folder: string = defaultFolder): Synonyms {
  let content: string;
  try {
    content = readFileSync(join(folder, FILE), 'utf8');
  } catch (cause) {
    throw new SynonymsError(
      `读不到同义词表 config/${FILE}。请从版本库恢复这个文件（git checkout config/${FILE}）。`,
      { cause },
    );
  }
  return parseSynonyms(content);
}

/**
 * The synonyms in the text of such a file.
 * @throws SynonymsError
 */
export function parseSynonyms(content: string): Synonyms {
  const synonyms = new Map<string, readonly string[]>();
  const lineOf = new Map<string, number>();
  const problems: string[] = [];
  for (const [index, written] of content.split(/\r?\n/).entries()) {
    const line = written.replace(/^\ufeff|#.*/g, '').trim();
    if (line === '') continue;
    const group = readGroup(line);
    for (const word of new Set(group.entries.map(([entry]) => entry.toLowerCase()))) {
      const first = lineOf.get(word);
      if (first !== undefined)
        group.problems.push(`“${word}”已在第 ${first} 行。请并成一组，或删去一处`);
      lineOf.set(word, index + 1);
    }
    for (const problem of group.problems) problems.push(`  第 ${index + 1} 行：${problem}`);
    for (const [word, others] of group.entries) synonyms.set(word, others);
  }
  if (problems.length > 0)
    throw new SynonymsError(
      [`同义词表 config/${FILE} 有误，请改正后重试（写法见文件开头）：`, ...problems].join('\n'),
    );
  return synonyms;
}

interface Group {
  /** Words with what each also finds. */
  readonly entries: readonly (readonly [word: string, others: readonly string[]])[];
  readonly problems: string[];
}

function readGroup(line: string): Group {
  const sides = line.replaceAll('＝', '=').replaceAll('＞', '>').split('=>');
  if (sides.length > 2) return faulty('“=>”只能写一个。请分成几行');
  const [left = [], right] = sides.map((side) => side.split('=').map((word) => word.trim()));
  const words = [...left, ...(right ?? [])];
  const problems = words.flatMap(wordProblem);
  if (words.length < 2) problems.push('只有一个词。请写成“甲 = 乙”或“甲 => 乙”，或删去这一行');
  if (words.length > MOST_WORDS)
    problems.push(`有 ${words.length} 个词，一组最多 ${MOST_WORDS} 个。请只留最常用的`);
  if (right !== undefined && left.length !== 1)
    problems.push('“=>”的左边只能有一个词。请每个词各写一行');
  const repeated = words.find((word, at) => word !== '' && words.indexOf(word) < at);
  if (repeated !== undefined) problems.push(`“${repeated}”写了两次。请删去一个`);
  if (problems.length > 0) return faulty(...problems);
  const othersOf = (word: string) => right ?? words.filter((other) => other !== word);
  return { entries: left.map((word) => [word, othersOf(word)] as const), problems: [] };
}

function faulty(...problems: string[]): Group {
  return { entries: [], problems };
}

function wordProblem(word: string): string[] {
  if (word === '') return ['“=”或“=>”的一边是空的。请补上词，或删去多余的符号'];
  if (/[\s"“”「」()（）|｜]/u.test(word))
    return [`“${word}”里有空格、引号、括号或竖线。请只写词本身`];
  return word.length > LONGEST_WORD
    ? [`“${word}”超过 ${LONGEST_WORD} 个字。请只写词，不写句子`]
    : [];
}
