import { resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { doubtful, type Finding } from '../core/finding.ts';
import { mapInOrder } from '../core/map-in-order.ts';
import type { Page, SourceFile } from '../readers/page.ts';
import { findSourceFiles } from '../readers/source-files.ts';
import type { Store } from '../store/database.ts';
import { writeStore } from '../store/write-store.ts';
import type { FileIntake } from './file-intake.ts';
import { recordFindings, startFileIntake } from './file-intake.ts';
import { startGuardedReading, type GuardedReading } from './guarded-reading.ts';
import type { IngestReport } from './ingest-report.ts';
import { emptyReport, noChanges, noteChanges, noteFinding } from './ingest-report.ts';
import type { PreparedPage } from './prepare-page.ts';
import { startPagePreparation, type OpenPagePool } from './prepare-pages.ts';

/** Held by whoever takes articles in, so that two runs do not undo each other's work. */
export const INGEST_LOCK = 'ingest';

/** What is written in one transaction: large enough for speed, small enough to repeat little after a kill. */
const PAGES_AT_ONCE = 200;
const CHARACTERS_AT_ONCE = 500_000;
/** What is prepared together: worth a message to a thread, little to hold in memory. */
const STEPS_A_LIST = 32;
const CHARACTERS_A_LIST = 50_000;

export interface IngestOptions {
  /** Null: a dry run, which reads and splits everything and writes nothing. */
  readonly store: Store | null;
  readonly preparePage: (page: Page) => PreparedPage;
  /** Threads that do the same as `preparePage`, for many newspaper pages and for long ones. */
  readonly openPagePool?: OpenPagePool;
  /** Reads the files and is left open; by default one that is opened for this run. */
  readonly reading?: GuardedReading;
  readonly onFile?: (report: IngestReport, path: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * What reading meets, in the order of the inputs, with what becomes of it in its turn; of a page, once it is prepared.
 * Pages that lie in the store already are left out.
 */
type Step =
  | { readonly page: null; readonly take: () => void | Promise<void> }
  | { readonly page: Page; readonly take: (prepared: PreparedPage | Finding) => Promise<void> };

/**
 * Reads files, folders and globs into the store; what cannot be read is in the report with its
 * place and remedy, and everything else goes in. Result and order do not depend on the threads.
 */
export async function ingestFiles(
  inputs: readonly string[],
  options: IngestOptions,
): Promise<IngestReport> {
  const started = performance.now();
  const { preparePage, openPagePool, signal } = options;
  const report = emptyReport();
  const reading = options.reading ?? startGuardedReading();
  const preparation = startPagePreparation(
    preparePage,
    openPagePool === undefined ? undefined : (need) => openPagePool(need, signal),
  );
  const lists = mapInOrder(
    listSteps(readSteps(inputs, reading, report, options)),
    preparation.ahead,
    async (steps) => {
      const pages = steps.flatMap(({ page }) => page ?? []);
      return { steps, prepared: await preparation.prepare(pages) };
    },
  );
  try {
    for await (const { steps, prepared } of lists) {
      signal?.throwIfAborted();
      // Taking in holds the thread; what follows the articles into the index needs a turn.
      await nextTurn();
      const results = prepared.values();
      for (const { page, take } of steps)
        if (page === null) await take();
        else await take(results.next().value!);
    }
  } finally {
    await preparation.close();
    if (options.reading === undefined) await reading.close();
  }
  report.tookMs = Math.round(performance.now() - started);
  return report;
}

async function* readSteps(
  inputs: readonly string[],
  reading: GuardedReading,
  report: IngestReport,
  { store, signal, onFile }: IngestOptions,
): AsyncGenerator<Step> {
  for await (const source of findSourceFiles(inputs)) {
    signal?.throwIfAborted();
    if ('type' in source) {
      yield { page: null, take: () => rejectFile(source, store, report) };
      continue;
    }
    const file = await openFile(source, store, report);
    for await (const item of reading.read(source)) {
      signal?.throwIfAborted();
      if (item.type === 'finding') yield { page: null, take: () => file.note(item) };
      else if (!file.keepIfStored(item)) yield { page: item, take: file.take };
    }
    const take = async () => {
      await file.finish();
      onFile?.(report, source.path);
    };
    yield { page: null, take };
  }
}

async function* listSteps(steps: AsyncIterable<Step>): AsyncGenerator<readonly Step[]> {
  let list: Step[] = [];
  let characters = 0;
  for await (const step of steps) {
    list.push(step);
    characters += step.page?.text.length ?? 0;
    if (list.length < STEPS_A_LIST && characters < CHARACTERS_A_LIST) continue;
    yield list;
    list = [];
    characters = 0;
  }
  if (list.length > 0) yield list;
}

async function rejectFile(
  finding: Finding,
  store: Store | null,
  report: IngestReport,
): Promise<void> {
  report.files.seen += 1;
  report.files.rejected += 1;
  noteFinding(report, finding);
  if (store !== null)
    await writeStore(store, () => recordFindings(store, resolve(finding.file), [finding]));
}

/** A file on its way in; what becomes of it is noted in the report. */
async function openFile(source: SourceFile, store: Store | null, report: IngestReport) {
  const intake = store === null ? dryIntake() : await startFileIntake(store, resolve(source.path));
  const findings: Finding[] = [];
  let pages = 0;
  let rejectedPages = 0;
  let articles = 0;
  let batch: PreparedPage[] = [];
  let batchCharacters = 0;

  function note(finding: Finding): void {
    findings.push(finding);
    noteFinding(report, finding);
  }

  async function take(result: PreparedPage | Finding): Promise<void> {
    if ('type' in result) {
      rejectedPages += 1;
      note(result);
      return;
    }
    articles += result.articles.length;
    batch.push(result);
    batchCharacters += result.page.text.length;
    if (batch.length < PAGES_AT_ONCE && batchCharacters < CHARACTERS_AT_ONCE) return;
    const full = batch;
    [batch, batchCharacters] = [[], 0];
    await intake.add(full);
  }

  return {
    note,
    take,
    keepIfStored(page: Page): boolean {
      pages += 1;
      const kept = intake.keepIfStored(page);
      articles += kept ?? 0;
      return kept !== null;
    },
    async finish(): Promise<void> {
      if (batch.length > 0) await intake.add(batch);
      if (pages > rejectedPages && articles === 0) {
        const reason = '没有找到文章：只有标题、日期、署名之类，没有正文';
        const remedy = '看一看文件的内容；确有文章时，把正文写在标题下面再收录';
        note(doubtful(source.path, '', reason, remedy));
      }
      noteChanges(report, await intake.finish(`${pages}`, source.size, findings));
      const isRejected =
        pages === rejectedPages && findings.some(({ severity }) => severity === 'rejected');
      report.files.seen += 1;
      report.files[isRejected ? 'rejected' : 'taken'] += 1;
    },
  };
}

function dryIntake(): FileIntake {
  const changes = noChanges();
  return {
    keepIfStored: () => null,
    add(pages) {
      for (const page of pages) changes.added += page.articles.length;
      return Promise.resolve();
    },
    finish: () => Promise.resolve(changes),
  };
}
