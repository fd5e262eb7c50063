/**
 * The whole service beside what one could use instead, on the same machine and data, in one run:
 * `npm run bench -- [--articles 4000] [--clients 1,8,64] [--seconds 5] [--growth 1000,4000] [--seed 1]
 * [--only ingest,search,growth] [--shared ../shared] [--json FILE]`
 *
 * - ingest: `npm run index` beside the same articles pushed raw into a stock engine and beside SQLite FTS5
 *   with the same tokens: rates, processor time, peak memory and size of the index;
 * - search: the query mix over HTTP with more and more clients, beside the bare engine with its default
 *   search, SQLite FTS5 and MiniSearch; and our answer's time by stage;
 * - growth: corpora of several sizes, and how each cost grows: the exponent b of cost = a·size^b between
 *   the smallest and the largest.
 *
 * Corpora are grown from the sentences of the news corpus when that lies at `--shared`, else of the sample
 * corpus. Prints tables; `--json` keeps the figures.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryFolder } from '../service-for-tests.ts';
import { measureGrowth } from './growth/measure-growth.ts';
import { readModels, writeGrownFiles } from './grown-files.ts';
import { fillFts, pushRaw, takeIn } from './ingest/measure-ingest.ts';
import { growthTable, ingestTable, searchTable, stagesLine } from './bench-tables.ts';
import { describeMachine } from './relevance/results-file.ts';
import { measureSearch } from './search/measure-search.ts';

/** MiniSearch holds its index in memory, ten times the text. */
const MOST_FOR_MINISEARCH = 20_000;

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '4000' },
    clients: { type: 'string', default: '1,8,64' },
    seconds: { type: 'string', default: '5' },
    growth: { type: 'string', default: '1000,4000' },
    only: { type: 'string', default: 'ingest,search,growth' },
    seed: { type: 'string', default: '1' },
    shared: { type: 'string', default: '../shared' },
    json: { type: 'string' },
  },
});
const numbers = (list: string) => list.split(',').map(Number);
const parts = values.only.split(',');
const seed = Number(values.seed);
const clients = numbers(values.clients);
const seconds = Number(values.seconds);
const print = (text: string) => void process.stdout.write(`${text}\n`);

const folder = temporaryFolder();
try {
  const machine = describeMachine();
  const models = await readModels(values.shared);
  print(`${machine.cores} × ${machine.cpu}, ${machine.memoryGB} GB, node ${machine.node}`);
  const result: Record<string, unknown> = { date: new Date().toISOString(), machine };
  if (parts.includes('ingest') || parts.includes('search')) {
    const corpus = writeGrownFiles(join(folder, 'in'), models, Number(values.articles), seed);
    const [ours, stock, fts] = ['ours', 'stock', 'fts.sqlite'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    const ingest = {
      'ours, end to end': await takeIn(corpus.folder, ours),
      'ours, again without change': await takeIn(corpus.folder, ours),
      'raw into a stock engine': await pushRaw(corpus, stock),
      'SQLite FTS5, same tokens': await fillFts(corpus.folder, fts),
    };
    print(ingestTable(ingest, corpus));
    Object.assign(result, { articles: corpus.articles, megabytes: corpus.megabytes, ingest });
    if (parts.includes('search')) {
      const isSmall = corpus.articles <= MOST_FOR_MINISEARCH;
      const places = { ours, stock, fts, ...(isSmall ? { mini: corpus.folder } : {}) };
      const search = await measureSearch(places, clients, seconds);
      print(searchTable(search.figures));
      print(stagesLine(search));
      Object.assign(result, { search });
    }
  }
  if (parts.includes('growth')) {
    const growth = [];
    for (const size of numbers(values.growth).sort((a, b) => a - b)) {
      growth.push(await measureGrowth(join(folder, `grown-${size}`), models, size, seed, seconds));
      print(growthTable(growth));
    }
    Object.assign(result, { growth });
  }
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify(result, roundNumbers, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function roundNumbers(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value;
}
