/**
 * Whether several engines answer as one does, and what that costs:
 * `npm run bench:shards -- [--engines 3] [--queries 1000] [--articles 20000] [--seed 1] [--shared DIR]
 * [--files FOLDER] [--show 5]`
 *
 * The same articles are indexed on one engine and on several, all on this machine; each query is put to
 * both over HTTP, one after the other. Articles are the files in FOLDER, else the news in `../shared`,
 * else the sample corpus.
 */
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { groupDuplicates } from '../../indexer/duplicates/group-duplicates.ts';
import { ingestFiles } from '../../indexer/ingest/ingest-files.ts';
import { ingestSampleCorpus } from '../../indexer/ingest/sample-corpus.ts';
import { allArticles } from '../../indexer/store/articles.ts';
import { openStore } from '../../indexer/store/database.ts';
import { createIngestPipeline } from '../../indexer/ingest/ingest-pipeline.ts';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import { startTestService } from '../service-for-tests.ts';
import { startTestShards } from '../shards-for-tests.ts';
import { seededRandom } from './jumbled-pages.ts';
import { prepareNews } from './recall/news-collection.ts';
import { withCacheFolder } from './relevance/cache-folder.ts';
import { wholeNumber } from './relevance/options.ts';
import { getJson } from './relevance/systems/our-service.ts';
import { benchAnalyzer } from './relevance/systems/terms.ts';
import type { Comparison } from './shards/compare-answers.ts';
import { compareAnswers } from './shards/compare-answers.ts';
import type { MixedQuery, QuerySource } from './shards/mixed-queries.ts';
import { mixedQueries } from './shards/mixed-queries.ts';

const { values } = parseArgs({
  options: {
    engines: { type: 'string', default: '3' },
    queries: { type: 'string', default: '1000' },
    articles: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '5' },
    shared: { type: 'string', default: '../shared' },
    files: { type: 'string' },
  },
});
const seed = wholeNumber('seed', values.seed);

interface Measured extends Comparison {
  readonly query: MixedQuery;
  /** Milliseconds. */
  readonly one: number;
  readonly several: number;
}

await withCacheFolder(undefined, bench);

async function bench(folder: string): Promise<void> {
  const dataDir = join(folder, 'one');
  const sources = await takeIn(folder, dataDir);
  cpSync(dataDir, join(folder, 'several'), { recursive: true });
  const queries = mixedQueries(
    sources,
    wholeNumber('queries', values.queries),
    benchAnalyzer(),
    seededRandom(seed),
  );
  print(`${sources.length} articles, ${queries.length} queries, seed ${seed}`);
  const engines = await startTestShards(wholeNumber('engines', values.engines));
  const one = await startTestService({ DATA_DIR: dataDir, SAMPLE_CORPUS: 'off', MEILI_URL: '' });
  const several = await startTestService({
    DATA_DIR: join(folder, 'several'),
    SAMPLE_CORPUS: 'off',
    ...engines.variables(),
  });
  try {
    const measured: Measured[] = [];
    for (const query of queries) {
      const parameters = new URLSearchParams(query.parameters).toString();
      const ask = async (address: string) => {
        const started = performance.now();
        const answer = await getJson(`${address}/api/search?${parameters}`);
        return { ms: performance.now() - started, answer: searchResponseSchema.parse(answer) };
      };
      const ofOne = await ask(one.address);
      const ofSeveral = await ask(several.address);
      const comparison = compareAnswers(ofOne.answer, ofSeveral.answer);
      measured.push({ query, ...comparison, one: ofOne.ms, several: ofSeveral.ms });
    }
    report(measured);
  } finally {
    await several.stop();
    await one.stop();
    await engines.stop();
  }
}

async function takeIn(folder: string, dataDir: string): Promise<QuerySource[]> {
  const store = openStore(dataDir);
  try {
    const pipeline = createIngestPipeline();
    const { preparePage } = pipeline;
    if (values.files !== undefined) await ingestFiles([values.files], { store, preparePage });
    else if (existsSync(values.shared)) {
      const count = wholeNumber('articles', values.articles);
      const { file } = await prepareNews(folder, { shared: values.shared, count, seed });
      await ingestFiles([file], { store, preparePage });
    } else await ingestSampleCorpus({ store, dataDir, pipeline, say: print });
    await groupDuplicates(store);
    return [...allArticles(store)].map(({ title, text }) => ({ title, text }));
  } finally {
    store.close();
  }
}

function report(measured: readonly Measured[]): void {
  print('| queries | | same page | same total | same counts | one, median / p95 ms | several |');
  print('|---|---|---|---|---|---|---|');
  const kinds = [...new Set(measured.map(({ query }) => query.kind))];
  for (const kind of kinds)
    row(
      kind,
      measured.filter(({ query }) => query.kind === kind),
    );
  row('all', measured);
  for (const { query } of measured
    .filter(({ page, total, facets }) => !page || !total || !facets)
    .slice(0, wholeNumber('show', values.show)))
    print(`differs: ${query.kind} ${JSON.stringify(query.parameters)}`);
}

function row(name: string, measured: readonly Measured[]): void {
  const share = (test: (one: Measured) => boolean) =>
    `${((100 * measured.filter(test).length) / measured.length).toFixed(1)} %`;
  const times = (of: (one: Measured) => number) => {
    const sorted = measured.map(of).sort((a, b) => a - b);
    const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))]!.toFixed(1);
    return `${at(0.5)} / ${at(0.95)}`;
  };
  const cells = [
    name,
    String(measured.length),
    share(({ page }) => page),
    share(({ total }) => total),
    share(({ facets }) => facets),
    times(({ one }) => one),
    times(({ several }) => several),
  ];
  print(`| ${cells.join(' | ')} |`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
