import { rejected, type Finding } from '../core/finding.ts';
import type { PreparedPage } from './changes.ts';
import type { Page } from '../readers/page.ts';
import type { PagePool } from './page-pool.ts';
import type { Outcome } from '../core/worker-pool.ts';

/** Threads take a second or two to load, a newspaper page 50 ms: fewer are sooner done without them. */
const PAGES_BEFORE_THREADS = 60;
/** Lists of pages each thread has before it, so that it need not wait for this one. */
const LISTS_A_THREAD = 2;
/** No page of a paper is longer; one that is may take as long as it likes, where it can be ended. */
const LONG_PAGE = 30_000;

/** Prepares pages here; in threads newspaper pages when there turn out to be many, and long pages always. */
export interface PagePreparation {
  /** One result a page, in their order; a page that cannot be prepared is a rejection. */
  readonly prepare: (pages: readonly Page[]) => Promise<readonly (PreparedPage | Finding)[]>;
  /** How many lists may wait for their results. */
  readonly ahead: () => number;
  readonly close: () => Promise<void>;
}

/** Without `openPool`, everything is done in this thread. */
export function startPagePreparation(
  preparePage: (page: Page) => PreparedPage,
  openPool?: (need: 'speed' | 'guard') => PagePool | null,
): PagePreparation {
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
    async prepare(pages) {
      newspaperPages += pages.filter(isHeavy).length;
      const fast = pages.some(isHeavy) ? readyPool() : null;
      if (pages.some(isLong)) pool ??= openPool?.('guard') ?? null;
      const away = pages.filter((page) => (isLong(page) ? pool : isHeavy(page) ? fast : null));
      const inThreads = away.length === 0 ? undefined : pool?.run(away);
      // Waiting for it comes after the work here; a failure meanwhile is not unhandled.
      inThreads?.catch(() => undefined);
      const isAway = new Set(away);
      const here = pages.map((page) => (isAway.has(page) ? null : attempt(preparePage, page)));
      const fromThreads = (await inThreads)?.values();
      return here.map((outcome, index) =>
        toResult(pages[index]!, outcome ?? fromThreads!.next().value!),
      );
    },
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

function toResult(page: Page, outcome: Outcome<PreparedPage>): PreparedPage | Finding {
  return outcome.type === 'done' ? outcome.value : rejection(page, outcome.reason);
}

function attempt(preparePage: (page: Page) => PreparedPage, page: Page): Outcome<PreparedPage> {
  try {
    return { type: 'done', value: preparePage(page) };
  } catch (error) {
    return { type: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

function rejection({ file, place }: Page, reason: string): Finding {
  const remedy =
    '再收录一次；仍出错时，把这一处的原文另存为一个文件单独收录，并把它连同本条报给维护者';
  return rejected(file, place, `切分与标注没有做成，未收录：${reason}`, remedy);
}
