/**
 * Whether anything that stands in a text cannot be found, or is found where it does not stand:
 * `npm run bench:recall -- [--words 1000] [--strings 1000] [--articles 2000] [--seed 1] [--cache DIR]
 * [--show 10]`
 *
 * Words are asked as they are, strings in quotes, everything found is read over HTTP; truth is a look at every article.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { askAll } from './recall/ask-all.ts';
import { drawStrings, drawWords } from './recall/draw.ts';
import { prepareNews } from './recall/news-collection.ts';
import { explainFalseHit, explainMiss } from './recall/explain-miss.ts';
import { type Answer, type Tally, tallyAnswers } from './recall/tally.ts';
import { readTruth, type Truth } from './recall/truth.ts';
import { seededRandom } from './jumbled-pages.ts';
import { withCacheFolder } from './relevance/cache-folder.ts';
import { wholeNumber } from './relevance/options.ts';
import { startOurService } from './relevance/systems/our-service.ts';
import { benchAnalyzer } from './relevance/systems/terms.ts';

const { values } = parseArgs({
  options: {
    words: { type: 'string', default: '1000' },
    strings: { type: 'string', default: '1000' },
    articles: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '10' },
    cache: { type: 'string' },
    shared: { type: 'string', default: '../shared' },
  },
});
const seed = wholeNumber('seed', values.seed);
const show = wholeNumber('show', values.show);

if (existsSync(values.shared)) await withCacheFolder(values.cache, bench);
else print(`${values.shared} is not there: nothing to measure`);

async function bench(cache: string): Promise<void> {
  const collection = await prepareNews(cache, {
    shared: values.shared,
    count: wholeNumber('articles', values.articles),
    seed,
  });
  const truth = await readTruth(collection);
  const texts = [...truth.texts.values()];
  const analyzer = benchAnalyzer();
  const words = drawWords(texts, wholeNumber('words', values.words), analyzer, seededRandom(seed));
  const strings = drawStrings(
    texts,
    wholeNumber('strings', values.strings),
    seededRandom(seed + 1),
  );
  print(`${truth.texts.size} articles, ${words.length} words, ${strings.length} strings`);
  const service = await startOurService(collection, cache);
  try {
    const ofWords = await ask(service.address, words, (text) => text, truth);
    report('words', tallyAnswers(ofWords, false));
    await listMisses(service.address, ofWords);
    const ofStrings = await ask(service.address, strings, (text) => `"${text}"`, truth);
    report('quoted strings', tallyAnswers(ofStrings, true));
    await listMisses(service.address, ofStrings);
    listFalseHits(ofStrings, truth);
  } finally {
    await service.stop();
  }
}

async function ask(
  address: string,
  texts: readonly string[],
  toQuery: (text: string) => string,
  truth: Truth,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const askOn = async () => {
    for (let index = next++; index < texts.length; index = next++) {
      const text = texts[index]!;
      answers[index] = {
        text,
        hits: await askAll(address, toQuery(text)),
        wanted: truth.holding(text),
        wantedExactly: truth.holdingExactly(text),
      };
      if (index % 100 === 99) process.stderr.write(`${index + 1} of ${texts.length}\n`);
    }
  };
  // Two at a time: while the engine works for one, the service works for the other.
  await Promise.all([askOn(), askOn()]);
  return answers;
}

function report(name: string, tally: Tally): void {
  print(
    `${name}: recall ${tally.recall.toFixed(5)} (${tally.found} of ${tally.wanted}), ` +
      `precision ${tally.precision.toFixed(5)} (of ${tally.hits} hits), ` +
      `perfect ${tally.perfect} of ${tally.queries}`,
  );
  print(
    `  to the letter: recall ${tally.exactRecall.toFixed(5)}, precision ${tally.exactPrecision.toFixed(5)}`,
  );
  print(
    `  misses beyond the hits that can be reached ${tally.beyondReach}, hits given twice ${tally.repeated}, ` +
      `totals that are not the number of hits ${tally.wrongTotals}`,
  );
}

async function listMisses(address: string, answers: readonly Answer[]): Promise<void> {
  const incomplete = answers.flatMap((answer) => {
    const missing = [...answer.wanted].filter((id) => !answer.hits.ids.has(id));
    return missing.length === 0 ? [] : [{ ...answer, missing }];
  });
  for (const { text, hits, wanted, missing } of incomplete.slice(0, show)) {
    const id = missing[0]!;
    const reason = await explainMiss(address, benchAnalyzer(), text, hits, id);
    print(`  MISSED ${text}: ${missing.length} of ${wanted.size}, as ${id}: ${reason}`);
  }
}

function listFalseHits(answers: readonly Answer[], truth: Truth): void {
  const impure = answers.flatMap((answer) => {
    const foreign = [...answer.hits.ids].filter((id) => !answer.wanted.has(id));
    return foreign.length === 0 ? [] : [{ ...answer, foreign }];
  });
  for (const { text, hits, foreign } of impure.slice(0, show)) {
    const id = foreign[0]!;
    const reason = explainFalseHit(truth.texts.get(id) ?? '', text);
    print(`  FALSE ${text}: ${foreign.length} of ${hits.ids.size}, as ${id}: ${reason}`);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
