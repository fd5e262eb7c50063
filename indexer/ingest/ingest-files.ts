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

/** A file on its way in. */
interface OpenFile {
  readonly source: SourceFile;
  readonly intake: FileIntake;
  readonly findings: Finding[];
  pages: number;
  rejectedPages: number;
  articles: number;
  batch: PreparedPage[];
  batchCharacters: number;
}

/** What reading meets, in the order of the inputs; pages that lie in the store already are left out. */
type Step =
  | { readonly type: 'unreadable'; readonly finding: Finding }
  | { readonly type: 'finding'; readonly file: OpenFile; readonly finding: Finding }
  | { readonly type: 'page'; readonly file: OpenFile; readonly page: Page }
  | { readonly type: 'end'; readonly file: OpenFile };

/**
 * Reads files, folders and globs into the store; what cannot be read is in the report with its
 * place and remedy, and everything else goes in. Result and order do not depend on the threads.
 */
export async function ingestFiles(
  inputs: readonly string[],
  options: IngestOptions,
): Promise<IngestReport> {
  const started = performance.now();
  const { store, preparePage, openPagePool, signal, onFile } = options;
  const report = emptyReport();
  const reading = options.reading ?? startGuardedReading();
  const preparation = startPagePreparation(
    preparePage,
    openPagePool === undefined ? undefined : (need) => openPagePool(need, signal),
  );
  const lists = mapInOrder(
    listSteps(readSteps(inputs, reading, options)),
    preparation.ahead,
    async (steps) => {
      const pages = steps.flatMap((step) => (step.type === 'page' ? [step.page] : []));
      return { steps, prepared: await preparation.prepare(pages) };
    },
  );
  try {
    for await (const { steps, prepared } of lists) {
      signal?.throwIfAborted();
      // Taking in holds the thread; what follows the articles into the index needs a turn.
      await nextTurn();
      const results = prepared.values();
      for (const step of steps) {
        if (step.type === 'unreadable') {
          const { finding } = step;
          report.files.seen += 1;
          report.files.rejected += 1;
          noteFinding(report, finding);
          if (store !== null)
            await writeStore(store, () => recordFindings(store, resolve(finding.file), [finding]));
        } else if (step.type === 'finding') noteIn(step.file, step.finding, report);
        else if (step.type === 'page') await takePage(step.file, results.next().value!, report);
        else {
          await finishFile(step.file, report);
          onFile?.(report, step.file.source.path);
        }
      }
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
  { store, signal }: IngestOptions,
): AsyncGenerator<Step> {
  for await (const source of findSourceFiles(inputs)) {
    signal?.throwIfAborted();
    if ('type' in source) {
      yield { type: 'unreadable', finding: source };
      continue;
    }
    const intake =
      store === null ? dryIntake() : await startFileIntake(store, resolve(source.path));
    const file: OpenFile = {
      source,
      intake,
      findings: [],
      pages: 0,
      rejectedPages: 0,
      articles: 0,
      batch: [],
      batchCharacters: 0,
    };
    for await (const item of reading.read(source)) {
      signal?.throwIfAborted();
      if (item.type === 'finding') yield { type: 'finding', file, finding: item };
      else {
        file.pages += 1;
        const kept = intake.keepIfStored(item);
        file.articles += kept ?? 0;
        if (kept === null) yield { type: 'page', file, page: item };
      }
    }
    yield { type: 'end', file };
  }
}

async function* listSteps(steps: AsyncIterable<Step>): AsyncGenerator<readonly Step[]> {
  let list: Step[] = [];
  let characters = 0;
  for await (const step of steps) {
    list.push(step);
    if (step.type === 'page') characters += step.page.text.length;
    if (list.length < STEPS_A_LIST && characters < CHARACTERS_A_LIST) continue;
    yield list;
    list = [];
    characters = 0;
  }
  if (list.length > 0) yield list;
}

async function takePage(
  file: OpenFile,
  result: PreparedPage | Finding,
  report: IngestReport,
): Promise<void> {
  if ('type' in result) {
    file.rejectedPages += 1;
    noteIn(file, result, report);
    return;
  }
  file.articles += result.articles.length;
  file.batch.push(result);
  file.batchCharacters += result.page.text.length;
  if (file.batch.length < PAGES_AT_ONCE && file.batchCharacters < CHARACTERS_AT_ONCE) return;
  await file.intake.add(file.batch);
  file.batch = [];
  file.batchCharacters = 0;
}

async function finishFile(file: OpenFile, report: IngestReport): Promise<void> {
  const { source, intake, batch, findings, pages, rejectedPages } = file;
  if (batch.length > 0) await intake.add(batch);
  if (pages > rejectedPages && file.articles === 0) {
    const reason = '没有找到文章：只有标题、日期、署名之类，没有正文';
    const remedy = '看一看文件的内容；确有文章时，把正文写在标题下面再收录';
    noteIn(file, doubtful(source.path, '', reason, remedy), report);
  }
  const changes = await intake.finish(`${pages}`, source.size, findings);
  noteChanges(report, changes);
  const rejectedWhole =
    pages === rejectedPages && findings.some((finding) => finding.severity === 'rejected');
  report.files.seen += 1;
  report.files[rejectedWhole ? 'rejected' : 'taken'] += 1;
}

function noteIn(file: OpenFile, finding: Finding, report: IngestReport): void {
  file.findings.push(finding);
  noteFinding(report, finding);
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
