import type { Gazetteer } from '../../config/gazetteer.ts';
import { rejected, type Finding } from '../core/finding.ts';
import { outcomeOf, type Outcome } from '../core/serve-items.ts';
import { openWorkerPool, type WorkerPool } from '../core/worker-pool.ts';
import type { Page } from '../readers/page.ts';
import type { PreparedPage } from './prepare-page.ts';

export type PagePool = WorkerPool<Page, PreparedPage>;

export type OpenPagePool = (need: 'speed' | 'guard', signal?: AbortSignal) => PagePool | null;

/** Each thread holds its own models; more would not fit the memory the whole run may take. */
const MOST_THREADS = 3;
/** Of a list of pages: far more than the slowest page that a paper prints. */
const LIMIT_MS = 60_000;
/** Threads take a second or two to load, a newspaper page 50 ms: fewer are sooner done without them. */
const PAGES_BEFORE_THREADS = 60;
/** Lists of pages each thread has before it, so that it need not wait for this one. */
const LISTS_A_THREAD = 2;
/** No page of a paper is longer; one that is may take as long as it likes, where it can be ended. */
const LONG_PAGE = 30_000;

export type PagePreparation = ReturnType<typeof startPagePreparation>;

/**
 * Threads that prepare pages as the pipeline's `preparePage` does: to be faster, null where one core is
 * all there is, or to guard this thread against a page that takes too long.
 */
export function openPagePool(
  gazetteer: Gazetteer,
  need: 'speed' | 'guard',
  cores: number,
  signal?: AbortSignal,
): PagePool | null {
  if (need === 'speed' && cores < 2) return null;
  const threads = Math.min(MOST_THREADS, cores);
  const module = new URL('./page-thread.ts', import.meta.url);
  return openWorkerPool({ module, threads, data: gazetteer, signal, limit: LIMIT_MS });
}

/**
 * Prepares pages here; in threads newspaper pages when there turn out to be many, and long pages always. Without
 * `openPool`, everything is done in this thread.
 */
export function startPagePreparation(
  preparePage: (page: Page) => PreparedPage,
  openPool?: (need: 'speed' | 'guard') => PagePool | null,
) {
  let newspaperPages = 0;
  let pool: PagePool | null = null;
  let isFast: boolean | null = null;

  function readyPool(): PagePool | null {
    if (isFast === null && newspaperPages >= PAGES_BEFORE_THREADS) {
      pool ??= openPool?.('speed') ?? null;
      isFast = pool !== null;
    }
    return isFast === true && pool?.isReady() === true ? pool : null;
  }

  return {
    /** One result a page, in their order; a page that cannot be prepared is a rejection. */
    async prepare(pages: readonly Page[]): Promise<(PreparedPage | Finding)[]> {
      newspaperPages += pages.filter(isHeavy).length;
      const fast = pages.some(isHeavy) ? readyPool() : null;
      if (pages.some(isLong)) pool ??= openPool?.('guard') ?? null;
      const away = pages.filter((page) => (isLong(page) ? pool : isHeavy(page) ? fast : null));
      const inThreads = away.length === 0 ? undefined : pool?.run(away);
      // Waiting for it comes after the work here; a failure meanwhile is not unhandled.
      inThreads?.catch(() => undefined);
      const isAway = new Set(away);
      const here: (Outcome<PreparedPage> | null)[] = [];
      for (const page of pages)
        here.push(isAway.has(page) ? null : await outcomeOf(() => preparePage(page)));
      const fromThreads = (await inThreads)?.values();
      return here.map((outcome, index) =>
        toResult(pages[index]!, outcome ?? fromThreads!.next().value!),
      );
    },
    /** How many lists may wait for their results. */
    ahead: () => LISTS_A_THREAD * (readyPool()?.threads ?? 0),
    close: async () => pool?.close(),
  };
}

/** A page that is one story takes 0.3 ms, less than sending it to a thread and back. */
function isHeavy(page: Page): boolean {
  return page.layout === 'newspaper';
}

function isLong(page: Page): boolean {
  return page.text.length > LONG_PAGE;
}

function toResult({ file, place }: Page, outcome: Outcome<PreparedPage>): PreparedPage | Finding {
  if (outcome.type === 'done') return outcome.value;
  const remedy =
    '再收录一次；仍出错时，把这一处的原文另存为一个文件单独收录，并把它连同本条报给维护者';
  return rejected(file, place, `切分与标注没有做成，未收录：${outcome.reason}`, remedy);
}
