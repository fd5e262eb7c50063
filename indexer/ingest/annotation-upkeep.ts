import { readMeta, writeMeta, type Store } from '../store/database.ts';
import { nextSeq } from '../store/changes.ts';
import { writeStore } from '../store/write-store.ts';
import type { Toolchain } from './ingest-pipeline.ts';
import { mapInOrder } from '../core/map-in-order.ts';
import type { PageRange, ReannotatedArticle } from './annotate-again.ts';

const MARK = 'annotated-with';
/** Pages that a thread gets together, and bytes of their text unless a single one has more. */
const PAGES_AT_ONCE = 16;
const BYTES_AT_ONCE = 1_000_000;

export interface AnnotationUpkeepOptions {
  readonly toolchain: Pick<Toolchain, 'annotations' | 'openAnnotationPool'>;
  readonly dataDir: string;
  readonly say: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Whether every stored article is annotated as the toolchain annotates. */
export function areAnnotationsCurrent(
  store: Store,
  { annotations }: Pick<Toolchain, 'annotations'>,
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
  { toolchain, dataDir, say, signal }: AnnotationUpkeepOptions,
): Promise<void> {
  if (areAnnotationsCurrent(store, toolchain)) return;
  const first = nextPages(store, 0);
  if (first !== null) {
    say('园区名录已变，逐篇重认文章里的园区，文件不必重新收录');
    const pool = toolchain.openAnnotationPool(dataDir, signal);
    let changed = 0;
    try {
      const results = mapInOrder(
        pageRanges(store, first),
        () => pool.threads,
        async (range) => {
          const [outcome] = await pool.run([range]);
          return outcome!;
        },
      );
      for await (const outcome of results) {
        // As with a page that cannot be split: its articles stay as they are, the others go on.
        if (outcome.type === 'failed') say(`有文章没能重认园区，仍按原样：${outcome.reason}`);
        else changed += await writeAnnotations(store, outcome.value);
      }
    } finally {
      await pool.close();
    }
    say(`园区已重认：${changed} 篇文章有变`);
  }
  await writeStore(store, () => writeMeta(store, MARK, toolchain.annotations));
}

function* pageRanges(store: Store, first: PageRange): Generator<PageRange> {
  for (let range: PageRange | null = first; range !== null; range = nextPages(store, range.upTo))
    yield range;
}

function nextPages(store: Store, after: number): PageRange | null {
  const pages = store
    .prepare<[number, number], { id: number; bytes: number }>(
      'SELECT id, octet_length(text) AS bytes FROM pages WHERE id > ? ORDER BY id LIMIT ?',
    )
    .all(after, PAGES_AT_ONCE);
  let bytes = 0;
  const tooMany = pages.findIndex((page, at) => (bytes += page.bytes) > BYTES_AT_ONCE && at > 0);
  const last = pages.at(tooMany === -1 ? -1 : tooMany - 1);
  return last === undefined ? null : { after, upTo: last.id };
}

async function writeAnnotations(
  store: Store,
  articles: readonly ReannotatedArticle[],
): Promise<number> {
  const update = store.prepare(
    `UPDATE articles SET details = @details, date = @date, date_precision = @datePrecision,
       first_day = @firstDay, last_day = @lastDay, source = @source, kind = @kind, parks = @parks,
       content_hash = @contentHash, changed_seq = @seq
     WHERE doc = @doc`,
  );
  await writeStore(store, () => {
    for (const { doc, row, contentHash } of articles)
      update.run({ ...row, doc, contentHash, seq: nextSeq(store) });
  });
  return articles.length;
}
