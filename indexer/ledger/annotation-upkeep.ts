import type { Store } from '../store/database.ts';
import { nextSeq } from '../store/changes.ts';
import type { Toolchain } from '../toolchain.ts';
import { mapInOrder } from '../workers/map-in-order.ts';
import type { PageRange, ReannotatedArticle } from './annotate-again.ts';

const MARK = 'annotated-with';
const PAGES_AT_ONCE = 16;

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
  const mark = store
    .prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?')
    .get(MARK);
  return mark?.value === annotations;
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
        else changed += writeAnnotations(store, outcome.value);
      }
    } finally {
      await pool.close();
    }
    say(`园区已重认：${changed} 篇文章有变`);
  }
  store
    .prepare(
      'INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    )
    .run(MARK, toolchain.annotations);
}

function* pageRanges(store: Store, first: PageRange): Generator<PageRange> {
  for (let range: PageRange | null = first; range !== null; range = nextPages(store, range.upTo))
    yield range;
}

function nextPages(store: Store, after: number): PageRange | null {
  const { upTo } = store
    .prepare<[number, number], { upTo: number | null }>(
      'SELECT max(id) AS upTo FROM (SELECT id FROM pages WHERE id > ? ORDER BY id LIMIT ?)',
    )
    .get(after, PAGES_AT_ONCE)!;
  return upTo === null ? null : { after, upTo };
}

function writeAnnotations(store: Store, articles: readonly ReannotatedArticle[]): number {
  const update = store.prepare(
    `UPDATE articles SET details = @details, date = @date, date_precision = @datePrecision,
       first_day = @firstDay, last_day = @lastDay, source = @source, kind = @kind, parks = @parks,
       content_hash = @contentHash, changed_seq = @seq
     WHERE doc = @doc`,
  );
  store
    .transaction(() => {
      for (const { doc, row, contentHash } of articles)
        update.run({ ...row, doc, contentHash, seq: nextSeq(store) });
    })
    .immediate();
  return articles.length;
}
