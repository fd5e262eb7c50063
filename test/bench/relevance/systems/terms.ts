import { createReadStream, existsSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type Analyzer, createAnalyzer } from '../../../../indexer/analyzer/analyzer.ts';
import { normaliseText } from '../../../../indexer/analyzer/normalised-text.ts';
import { loadWordLists } from '../../../../indexer/analyzer/word-lists.ts';
import { articlesOf, type Collection } from '../collection.ts';

const linesSchema = z.tuple([z.string(), z.string(), z.string()]);

/** An article as the systems over our analyzer's tokens index it. */
export interface AnalysedArticle {
  readonly id: string;
  /** Terms, one for each occurrence; none holds white space. */
  readonly words: readonly string[];
  readonly bigrams: readonly string[];
}

const lists = loadWordLists();
let analyzer: Analyzer | undefined;

/** Our analyzer; loaded at the first call. */
export function benchAnalyzer(): Analyzer {
  analyzer ??= createAnalyzer(lists.words);
  return analyzer;
}

/** The articles of a collection cut by our analyzer; kept in the cache for each of its versions. */
export async function* analysedArticles(
  collection: Collection,
  cache: string,
): AsyncGenerator<AnalysedArticle> {
  const { version } = benchAnalyzer();
  const file = join(cache, `terms-${collection.hash}-${version}.jsonl`);
  if (!existsSync(file)) await writeTerms(collection, file);
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  for await (const line of lines) {
    const [id, words, bigrams] = linesSchema.parse(JSON.parse(line));
    yield { id, words: words.split(' '), bigrams: bigrams.split(' ') };
  }
}

async function writeTerms(collection: Collection, file: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  const handle = await open(draft, 'w');
  try {
    for await (const { id, title, text } of articlesOf(collection)) {
      const whole = `${title}\n${text}`;
      const line = [id, wordsOf(whole).join(' '), bigramsOf(whole).join(' ')];
      await handle.write(`${JSON.stringify(line)}\n`);
    }
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

/** Every word of a text as often as it stands there; smaller words inside words are not among them. */
function wordsOf(text: string): string[] {
  return benchAnalyzer()
    .analyze(text)
    .flatMap(({ term }) => (term === '' ? [] : [term.replace(/\s/gu, '')]));
}

/** The words of a query without stop words, unless it has no others; each once. */
export function queryWordsOf(query: string): string[] {
  const words = [...new Set(wordsOf(query))];
  const telling = words.filter((word) => !lists.isStopWord(word));
  return telling.length > 0 ? telling : words;
}

/** Every two letters or digits that stand side by side, normalised, as often as they do. */
export function bigramsOf(text: string): string[] {
  const bigrams: string[] = [];
  for (const [run] of normaliseText(text).text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const characters = Array.from(run);
    for (let at = 0; at + 1 < characters.length; at++)
      bigrams.push(characters[at]! + characters[at + 1]!);
  }
  return bigrams;
}
