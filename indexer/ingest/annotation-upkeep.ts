import { mapInOrder } from '../core/map-in-order.ts';
import { tryLock } from '../core/process-lock.ts';
import { lastWithin, nextSeq } from '../store/changes.ts';
import { allRows, readMeta, writeMeta, type Store } from '../store/database.ts';
import { writeStore } from '../store/write-store.ts';
import type { PageRange, ReannotatedArticles } from './annotation-thread.ts';
import { SET_ANNOTATIONS } from './article-row.ts';
import { INGEST_LOCK } from './ingest-files.ts';
import type { IngestPipeline } from './ingest-pipeline.ts';

const MARK = 'annotated-with';
/** Pages that a thread gets together, and bytes of their text unless a single one has more. */
const PAGES_AT_ONCE = 16;
const BYTES_AT_ONCE = 1_000_000;

export interface AnnotationUpkeepOptions {
  readonly pipeline: Pick<IngestPipeline, 'annotations' | 'openAnnotationPool'>;
  readonly dataDir: string;
  readonly say: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Whether every stored article is annotated as the pipeline annotates. */
export function areAnnotationsCurrent(
  store: Store,
  { annotations }: Pick<IngestPipeline, 'annotations'>,
): boolean {
  return readMeta(store, MARK) === annotations;
}

/**
 * Annotates all stored articles with the present gazetteer, unless they are, and writes those that
 * change, and only those, so that every index hears of them. Neither files nor splitting are needed.
 * Killed, it begins again. The caller holds the lock of those who take articles in.
 */
export async function bringAnnotationsUpToDate(
  store: Store,
  { pipeline, dataDir, say, signal }: AnnotationUpkeepOptions,
): Promise<void> {
  if (areAnnotationsCurrent(store, pipeline)) return;
  if (nextPages(store, 0) !== null) {
    say('园区名录已变，逐篇重认文章里的园区，文件不必重新收录');
    const pool = pipeline.openAnnotationPool(dataDir, signal);
    let changed = 0;
    try {
      const results = mapInOrder(
        pageRanges(store),
        () => pool.threads,
        (range) => pool.run([range]),
      );
      for await (const [outcome] of results) {
        if (outcome === undefined) continue;
        // As with a page that cannot be split: its articles stay as they are, the others go on.
        if (outcome.type === 'failed') say(`有文章没能重认园区，仍按原样：${outcome.reason}`);
        else changed += await writeAnnotations(store, outcome.value);
      }
    } finally {
      await pool.close();
    }
    say(`园区已重认：${changed} 篇文章有变`);
  }
  await writeStore(store, () => writeMeta(store, MARK, pipeline.annotations));
}

/** The same, unless articles are being taken in; returns whether the annotations are up to date. */
export async function annotateWhenFree(
  store: Store,
  options: AnnotationUpkeepOptions,
): Promise<boolean> {
  if (areAnnotationsCurrent(store, options.pipeline)) return true;
  const lock = tryLock(options.dataDir, INGEST_LOCK);
  if (lock === null) return false;
  try {
    await bringAnnotationsUpToDate(store, options);
    return true;
  } finally {
    lock.release();
  }
}

function* pageRanges(store: Store): Generator<PageRange> {
  for (let range = nextPages(store, 0); range !== null; range = nextPages(store, range.upTo))
    yield range;
}

function nextPages(store: Store, after: number): PageRange | null {
  const pages = allRows<{ id: number; bytes: number }>(
    store,
    'SELECT id, octet_length(text) AS bytes FROM pages WHERE id > ? ORDER BY id LIMIT ?',
    after,
    PAGES_AT_ONCE,
  );
  const last = lastWithin(pages, BYTES_AT_ONCE);
  return last === undefined ? null : { after, upTo: last.id };
}

async function writeAnnotations(store: Store, articles: ReannotatedArticles): Promise<number> {
  const update = store.prepare(`UPDATE articles SET ${SET_ANNOTATIONS} WHERE doc = @doc`);
  await writeStore(store, () => {
    for (const { doc, row, contentHash } of articles)
      update.run({ ...row, doc, contentHash, seq: nextSeq(store) });
  });
  return articles.length;
}
