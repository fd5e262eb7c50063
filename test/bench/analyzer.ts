/**
 * Speed of the analyzer and what it finds: `npx tsx test/bench/analyzer.ts FILE.md…`
 *
 * Recall: of the paragraphs that contain a word or string, the share that its terms find among words
 * and parts, and the share that its grams find. The first is for information, the second has to be 1.
 */
import { readFileSync } from 'node:fs';
import { loadGazetteer } from '../../config/gazetteer.ts';
import { createAnalyzer, type Analyzer } from '../../indexer/analyzer/analyzer.ts';
import { gramsOf, queryGramsOf } from '../../indexer/analyzer/grams.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { loadAnalyzerWords } from '../../indexer/analyzer/words.ts';

const QUERIES = 1000;
const PARAGRAPHS = 20_000;

const files = process.argv.slice(2);
if (files.length === 0) throw new Error('usage: npx tsx test/bench/analyzer.ts FILE…');
const paragraphs = files
  .flatMap((file) => readFileSync(file, 'utf8').split(/<[^>]+>|\n/))
  .filter((paragraph) => paragraph.length >= 20);
const bytes = Buffer.byteLength(paragraphs.join(''));
print(`${paragraphs.length} paragraphs, ${(bytes / 1e6).toFixed(1)} MB`);

let started = process.cpuUsage();
const createdAnalyzer = createAnalyzer(loadAnalyzerWords(loadGazetteer()));
print(`created in ${(secondsSince(started) * 1000).toFixed(0)} ms`);

measure('normaliseText', (text) => normaliseText(text));
measure('analyze', (text) => createdAnalyzer.analyze(text));
measure('gramsOf', (text) => gramsOf(text));
measureRecall(createdAnalyzer, everyNth(paragraphs, PARAGRAPHS));

function measure(name: string, work: (text: string) => unknown): void {
  for (const round of ['cold', 'warm']) {
    started = process.cpuUsage();
    for (const paragraph of paragraphs) work(paragraph);
    print(`${name} ${round}: ${(bytes / 1e6 / secondsSince(started)).toFixed(2)} MB/s`);
  }
}

function measureRecall(analyzer: Analyzer, sample: readonly string[]): void {
  const terms = new Map<string, Set<number>>();
  const grams = new Map<string, Set<number>>();
  const vocabulary = new Set<string>();
  const texts = sample.map((paragraph) => normaliseText(paragraph).text);
  sample.forEach((paragraph, index) => {
    for (const token of analyzer.analyze(paragraph)) {
      if (token.term === '') continue;
      for (const term of [token.term, ...token.parts]) add(terms, term, index);
      if (token.text.length >= 2) vocabulary.add(token.text);
    }
    for (const gram of gramsOf(paragraph)) add(grams, gram, index);
  });
  const all = [...vocabulary].sort();
  const chinese = all.filter((word) => /^\p{Script=Han}+$/u.test(word));
  report('any words', everyNth(all, QUERIES));
  report('words of Chinese characters', everyNth(chinese, QUERIES));
  report('strings across word borders', everyNth(sample, QUERIES).map(pieceOf));

  function report(name: string, queries: readonly string[]): void {
    let wanted = 0;
    let byWords = 0;
    let byGrams = 0;
    for (const query of queries) {
      const text = normaliseText(query).text;
      const asked = analyzer.analyze(query).filter(({ term }) => term !== '');
      const found = intersection(asked.map(({ term }) => terms.get(term)));
      const foundByGrams = intersection(queryGramsOf(query).map((gram) => grams.get(gram)));
      texts.forEach((paragraph, index) => {
        if (!paragraph.includes(text)) return;
        wanted++;
        if (found.has(index)) byWords++;
        if (foundByGrams.has(index)) byGrams++;
      });
    }
    const share = (count: number): string => (count / wanted).toFixed(4);
    print(
      `recall, ${name}: words and parts ${share(byWords)}, grams ${share(byGrams)} of ${wanted}`,
    );
    if (byGrams < wanted) process.exitCode = 1;
  }
}

/** Two to six characters from the middle of a text; the shortest that is not punctuation only. */
function pieceOf(text: string, index: number): string {
  const characters = Array.from(text);
  const start = Math.floor(characters.length / 2);
  for (let length = 2 + (index % 5); start + length <= characters.length; length++) {
    const piece = characters.slice(start, start + length).join('');
    if (queryGramsOf(piece).length > 0) return piece;
  }
  return characters.slice(0, 6).join('');
}

function add(postings: Map<string, Set<number>>, term: string, index: number): void {
  const found = postings.get(term);
  if (found === undefined) postings.set(term, new Set([index]));
  else found.add(index);
}

function intersection(sets: readonly (ReadonlySet<number> | undefined)[]): ReadonlySet<number> {
  const [first = new Set<number>(), ...rest] = sets;
  return new Set([...first].filter((index) => rest.every((set) => set?.has(index) === true)));
}

function everyNth<Item>(items: readonly Item[], count: number): Item[] {
  const step = Math.max(1, items.length / count);
  return Array.from(
    { length: Math.min(count, items.length) },
    (_, index) => items[Math.floor(index * step)] as Item,
  );
}

/** Processor time, so that a busy machine makes no difference; other threads' collecting included. */
function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
