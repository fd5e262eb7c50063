import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeGrownFiles } from '../grown-files.ts';
import { folderSizeMb } from '../ingest/folder-size.ts';
import { takeIn } from '../ingest/measure-ingest.ts';
import type { CorpusItem } from '../relevance/corpus-items.ts';
import { measureSearch } from '../search/measure-search.ts';

/** The costs of one size, whose growth is looked at. */
export interface Growth {
  readonly articles: number;
  readonly ingestSeconds: number;
  readonly ingestCpuSeconds: number;
  readonly ingestPeakMb: number;
  readonly engineMb: number;
  readonly storeMb: number;
  /** Milliseconds over HTTP, one client, questions never asked before. */
  readonly firstPageP50: number;
  readonly firstPageP95: number;
  readonly knownPageP50: number;
  readonly serverMb: number;
}

/** Takes in a grown corpus of this size, searches it, and removes all of it again. */
export async function measureGrowth(
  folder: string,
  models: readonly CorpusItem[],
  articles: number,
  seed: number,
  seconds: number,
): Promise<Growth> {
  try {
    const corpus = writeGrownFiles(join(folder, 'in'), models, articles, seed);
    const ours = join(folder, 'data');
    const taken = await takeIn(corpus.folder, ours);
    rmSync(corpus.folder, { recursive: true });
    const { figures, serverMb } = await measureSearch({ ours }, [1], seconds);
    const loadOf = (system: string) => figures.find((one) => one.system === system)!.load;
    const fresh = loadOf('ours, page, never asked before');
    const usage = Object.values(taken.usage);
    return {
      articles,
      ingestSeconds: taken.seconds,
      ingestCpuSeconds: usage.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
      ingestPeakMb: taken.usage['node']?.peakMb ?? 0,
      engineMb: taken.indexMb,
      storeMb: folderSizeMb(ours) - taken.indexMb,
      firstPageP50: fresh.p50,
      firstPageP95: fresh.p95,
      knownPageP50: loadOf('ours, page').p50,
      serverMb,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
