/**
 * Rebuilds the index under a steady rate of searches and looks at every answer:
 * `npm run bench:rebuild -- [--articles 20000] [--rate 50] [--rebuilds 1] [--seed 1]`
 *
 * A search fails when its status is not 200; it has seen half an index when it finds fewer articles, or
 * others, than there are. Exit status 0 only when neither happens.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { FaultArticle } from '../faults/news.ts';
import { inventNews, THEMES } from '../faults/news.ts';
import { temporaryFolder } from '../service-for-tests.ts';
import { exited, trackProcesses } from '../service-process.ts';
import { readModels } from './grown-files.ts';
import { seededRandom } from './jumbled-pages.ts';

const ARTICLES_A_FILE = 1_000;
const SENTENCES_OF_ITS_OWN = 6;
/** Searches under way at once, lest a slow machine heaps them up. */
const MOST_AT_ONCE = 50;

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '20000' },
    rate: { type: 'string', default: '50' },
    rebuilds: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
});
const answer = z.object({ total: z.int(), hits: z.array(z.object({ id: z.string() })) });
const random = seededRandom(Number(values.seed));
const news = inventNews(random);
// Of one form alone each would be compared with each, as copies of one story are.
const sentences = (await readModels('../shared'))
  .flatMap(({ text }) => text.match(/[^。！？\n]+[。！？]/g) ?? [])
  .filter((sentence) => !THEMES.some((theme) => sentence.includes(theme)))
  .filter((sentence) => !/\d{7}/.test(sentence));
const articles = Array.from({ length: Number(values.articles) }, () => {
  const article = news.next().value;
  return { ...article, text: article.text + drawSentences(SENTENCES_OF_ITS_OWN) };
});
const byId = new Map(articles.map((article) => [article.id, article]));
const holders = new Map(
  THEMES.map((theme) => [theme, articles.filter(({ themes }) => themes.includes(theme)).length]),
);
const tally = { asked: 0, failed: 0, half: 0, skipped: 0, tookMs: [] as number[] };

const folder = temporaryFolder();
const variables = { DATA_DIR: join(folder, 'data'), SAMPLE_CORPUS: 'off', LOG_LEVEL: 'warn' };
const processes = trackProcesses();
try {
  writeCorpus(join(folder, 'corpus'));
  await runCommand('index', join(folder, 'corpus'));
  const service = await processes.startService({ ...variables, ENGINE_LIMIT_MS: '20000' });
  const over = new AbortController();
  const asking = askSteadily(service.address, Number(values.rate), over.signal);
  for (let count = Number(values.rebuilds); count > 0; count -= 1) {
    await sleep(2_000);
    await runCommand('rebuild');
  }
  await sleep(2_000);
  over.abort();
  await asking;
} finally {
  await processes.end();
  rmSync(folder, { recursive: true, force: true });
}
const sorted = tally.tookMs.sort((a, b) => a - b);
const percentile = (share: number) => sorted[Math.floor(sorted.length * share)]?.toFixed(0) ?? '–';
process.stdout.write(
  `${articles.length} articles, ${values.rebuilds} rebuilds, ${values.rate}/s: ${tally.asked} searches, ` +
    `${tally.failed} failed, ${tally.half} half-seen, ${tally.skipped} not asked because ${MOST_AT_ONCE} were under way; ` +
    `p50 ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms\n`,
);
process.exit(tally.failed + tally.half === 0 && tally.asked > 0 ? 0 : 1);

function drawSentences(count: number): string {
  return Array.from(
    { length: count },
    () => sentences[Math.floor(random() * sentences.length)]!,
  ).join('');
}

function writeCorpus(path: string): void {
  mkdirSync(path);
  for (let at = 0; at < articles.length; at += ARTICLES_A_FILE) {
    const lines = articles
      .slice(at, at + ARTICLES_A_FILE)
      .map(({ id, title, text, date }) => JSON.stringify({ id, title, text, date }));
    writeFileSync(join(path, `${String(at).padStart(8, '0')}.jsonl`), lines.join('\n'));
  }
}

async function runCommand(...args: string[]): Promise<void> {
  const { child, output } = processes.run('indexer/cli.ts', args, variables);
  const code = await exited(child);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${output()}`);
}

async function askSteadily(address: string, rate: number, signal: AbortSignal): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const started = performance.now();
  for (let number = 1; !signal.aborted; number += 1) {
    await sleep(Math.max(0, started + (number * 1_000) / rate - performance.now()));
    if (underWay.size >= MOST_AT_ONCE) {
      tally.skipped += 1;
      continue;
    }
    const asked: Promise<void> = ask(address).finally(() => underWay.delete(asked));
    underWay.add(asked);
  }
  await Promise.all(underWay);
}

/** Half the time a theme, whose articles are counted, half the time the mark of one article. */
async function ask(address: string): Promise<void> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const one = random() < 0.5 ? pick(articles) : null;
  const word = one?.mark ?? pick(THEMES);
  const expected = one === null ? holders.get(word)! : 1;
  const started = performance.now();
  tally.asked += 1;
  // A date before all articles, another each time, lest an answer is at hand already.
  const since = `from=${1000 + Math.floor(random() * 1_000)}`;
  const response = await fetch(`${address}/api/search?q=${encodeURIComponent(word)}&${since}`);
  const body = await response.text();
  tally.tookMs.push(performance.now() - started);
  if (response.status !== 200) {
    tally.failed += 1;
    process.stdout.write(`${word}: ${response.status} ${body.slice(0, 200)}\n`);
    return;
  }
  const found = answer.parse(JSON.parse(body));
  if (found.total === expected && found.hits.every(({ id }) => has(byId.get(id), word))) return;
  tally.half += 1;
  process.stdout.write(`${word}: ${found.total} of ${expected}\n`);
}

function has(article: FaultArticle | undefined, word: string): boolean {
  return article !== undefined && `${article.title}${article.text}`.includes(word);
}
