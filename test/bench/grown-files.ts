import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadGazetteer } from '../../config/gazetteer.ts';
import { ingestFiles } from '../../indexer/ingest/ingest-files.ts';
import { allArticles } from '../../indexer/store/articles.ts';
import { openStore } from '../../indexer/store/database.ts';
import { createIngestPipeline } from '../../indexer/ingest/ingest-pipeline.ts';
import { temporaryFolder } from '../service-for-tests.ts';
import { growCorpus } from './ingest/grown-corpus.ts';
import type { CorpusItem } from './relevance/corpus-items.ts';
import { corpusArchives, readCorpus } from './relevance/corpus-items.ts';

const ARTICLES_A_FILE = 1_000;
const SAMPLE_FOLDER = resolve(import.meta.dirname, '../../config/sample-corpus');

/** A folder of JSON Lines with articles to take in. */
export interface GrownFiles {
  readonly folder: string;
  readonly files: readonly string[];
  readonly articles: number;
  readonly megabytes: number;
}

/**
 * The stories that corpora are grown from: those of the news corpus when it lies at `shared`, else those of
 * the sample corpus.
 */
export async function readModels(shared: string): Promise<readonly CorpusItem[]> {
  const folder = join(shared, 'corpus');
  if (existsSync(folder)) return readCorpus(await corpusArchives(folder));
  const store = openStore(temporaryFolder());
  await ingestFiles([SAMPLE_FOLDER], { store, preparePage: createIngestPipeline().preparePage });
  const items = [...allArticles(store)].map(({ id, date, title, text }) => ({
    id,
    date: date ?? '2022-01-01',
    headline: title,
    text,
  }));
  store.close();
  return items;
}

/** Writes a grown corpus of this many articles into the folder, the same for the same models and seed. */
export function writeGrownFiles(
  folder: string,
  models: readonly CorpusItem[],
  count: number,
  seed: number,
): GrownFiles {
  mkdirSync(folder, { recursive: true });
  let lines: string[] = [];
  let part = 0;
  const flush = () => {
    if (lines.length > 0)
      writeFileSync(join(folder, `${String(part++).padStart(4, '0')}.jsonl`), lines.join('\n'));
    lines = [];
  };
  for (const article of growCorpus(models, loadGazetteer(), count, seed)) {
    lines.push(JSON.stringify(article));
    if (lines.length === ARTICLES_A_FILE) flush();
  }
  flush();
  const files = readdirSync(folder)
    .sort()
    .map((file) => join(folder, file));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  return { folder, files, articles: count, megabytes: bytes / 1e6 };
}
