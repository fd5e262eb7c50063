import { join } from 'node:path';
import { seededRandom } from '../jumbled-pages.ts';
import type { Collection } from '../relevance/collection.ts';
import { openCollection, writeCollection } from '../relevance/collection.ts';
import { corpusArchives, readCorpus } from '../relevance/corpus-items.ts';
import { shuffled } from '../relevance/shuffled.ts';

export interface NewsOptions {
  /** The folder in which `corpus` is. */
  readonly shared: string;
  readonly count: number;
  readonly seed: number;
}

/** Some of the news items of the shared corpus, drawn by the seed; the same file for the same options. */
export async function prepareNews(
  cache: string,
  { shared, count, seed }: NewsOptions,
): Promise<Collection> {
  const items = await readCorpus(await corpusArchives(join(shared, 'corpus')));
  const file = join(cache, `news-${count}-${seed}.jsonl`);
  await writeCollection(
    file,
    shuffled(items, seededRandom(seed))
      .slice(0, count)
      .map(({ id, date, headline, text }) => ({ id, title: headline, text, date })),
  );
  return openCollection('news', file);
}
