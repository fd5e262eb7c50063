import { writeFileSync } from 'node:fs';
import type { Environment } from '../../config/environment.ts';
import { waitForLock } from '../core/process-lock.ts';
import { groupDuplicates } from '../duplicates/group-duplicates.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { bringAnnotationsUpToDate } from '../ingest/annotation-upkeep.ts';
import { INGEST_LOCK, ingestFiles } from '../ingest/ingest-files.ts';
import { createIngestPipeline } from '../ingest/ingest-pipeline.ts';
import { exitCode, noteChanges, noteFinding, type IngestReport } from '../ingest/ingest-report.ts';
import { startPagePreparation } from '../ingest/prepare-pages.ts';
import { resplitStoredPages } from '../ingest/resplit.ts';
import { countInputs } from '../readers/count-inputs.ts';
import { openStore } from '../store/database.ts';
import { withIndexManager, type CommandContext } from './index-upkeep-commands.ts';
import { noteMissing, pruneMissing, readStoreIfAny } from './prune.ts';
import { createProgress, toTerminal, type Say } from './terminal.ts';

export interface IndexCommandOptions {
  readonly report?: string;
  readonly dryRun?: boolean;
  readonly prune?: boolean;
  readonly yes?: boolean;
  readonly resplit?: boolean;
  readonly exactDuplicates?: boolean;
}

/** `npm run index`: 0 all inputs taken, 2 some rejected and the rest indexed, 1 nothing could be done. */
export async function runIndex(
  inputs: readonly string[],
  options: IndexCommandOptions,
  environment: Environment,
): Promise<number> {
  const say = toTerminal;
  if (inputs.length === 0 && options.resplit !== true) {
    say('请给出要收录的文件、文件夹或通配符，例如 npm run index -- ~/剪报');
    return 1;
  }
  const pipeline = createIngestPipeline(environment);
  if (options.dryRun === true) {
    const { preparePage, openPagePool } = pipeline;
    const report = await ingestFiles(inputs, { store: null, preparePage, openPagePool });
    readStoreIfAny(
      environment.dataDir,
      (store) => void noteMissing(store, inputs, report, { ...options, say }),
    );
    return finish(report, say, options);
  }
  const store = openStore(environment.dataDir);
  try {
    const { report, indexFailure } = await takeInAndIndex(inputs, options, {
      store,
      pipeline,
      environment,
      say,
    });
    if (indexFailure !== null)
      say(
        `文章已存入文章库，但暂时写不进索引：${indexFailure}\n引擎恢复后，服务或下一次收录会自动补上。`,
      );
    const code = finish(report, say, options);
    return indexFailure === null ? code : 1;
  } finally {
    store.close();
  }
}

/** The index follows while articles come in: reading them and indexing them keep different cores busy. */
async function takeInAndIndex(
  inputs: readonly string[],
  options: IndexCommandOptions,
  context: CommandContext,
): Promise<{ report: IngestReport; indexFailure: string | null }> {
  let isReading = true;
  const onRead = () => {
    isReading = false;
  };
  const intake = takeIn(inputs, options, context, onRead).finally(onRead);
  const indexing = index(context, () => isReading, intake);
  // Whatever becomes of the index, the articles are taken in first.
  indexing.catch(() => undefined);
  try {
    return { report: await intake, indexFailure: await indexing };
  } finally {
    await indexing;
  }
}

/** Takes in what the inputs hold, calls `onRead`, and then finds the copies among the articles. */
async function takeIn(
  inputs: readonly string[],
  options: IndexCommandOptions,
  { store, pipeline, environment, say }: CommandContext,
  onRead: () => void,
): Promise<IngestReport> {
  const { preparePage, openPagePool } = pipeline;
  const lock = await waitForLock(environment.dataDir, INGEST_LOCK, () =>
    say('另一个收录正在进行，等它完成'),
  );
  try {
    await bringAnnotationsUpToDate(store, { pipeline, dataDir: environment.dataDir, say });
    const progress = createProgress('收录');
    const total = await countInputs(inputs);
    const report = await ingestFiles(inputs, {
      store,
      preparePage,
      openPagePool,
      onFile: ({ files, articles }) =>
        progress.show(files.seen, `个文件，文章新增 ${articles.added}`, total),
    });
    progress.end();
    if (options.resplit === true) {
      const preparation = startPagePreparation(preparePage, openPagePool);
      const { changes, findings } = await resplitStoredPages(store, preparation).finally(
        preparation.close,
      );
      noteChanges(report, changes);
      for (const finding of findings) noteFinding(report, finding);
    }
    const missing = noteMissing(store, inputs, report, { ...options, say });
    if (options.prune === true)
      await pruneMissing(store, missing, { report, isMeant: options.yes === true });
    onRead();
    const comparing = createProgress('查重');
    const { copies } = await groupDuplicates(store, {
      exact: options.exactDuplicates === true,
      onProgress: (done, all) => comparing.show(done, '篇', all),
    });
    comparing.end();
    report.duplicates = copies;
    return report;
  } finally {
    lock.release();
  }
}

/**
 * Indexes what is read, and after the intake what finding copies has changed: a large corpus can be
 * searched before that. Null, or why the engine cannot be had just now; the articles are then in the store
 * all the same.
 */
async function index(
  context: CommandContext,
  isReading: () => boolean,
  intake: Promise<unknown>,
): Promise<string | null> {
  let isTakingIn = true;
  const ended = intake
    .catch(() => undefined)
    .then(() => {
      isTakingIn = false;
    });
  try {
    await withIndexManager({ ...context, isQuiet: () => isTakingIn }, async (manager) => {
      await manager.bringUpToDate(undefined, isReading);
      await ended;
      await manager.bringUpToDate();
    });
    return null;
  } catch (error) {
    if (isEngineError(error)) return error.message;
    throw error;
  }
}

function finish(report: IngestReport, say: Say, { report: file }: IndexCommandOptions): number {
  for (const line of summarise(report)) say(line);
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  return exitCode(report);
}

/** What a run did, in lines for the terminal: every finding with its place and remedy, then the sums. */
function summarise(report: IngestReport): string[] {
  const { files, articles } = report;
  return [
    ...report.findings.map(({ severity, file, place, reason, remedy }) => {
      const where = place === '' ? file : `${file} ${place}`;
      return `${severity === 'rejected' ? '拒收' : '存疑'} ${where}：${reason}。${remedy}`;
    }),
    `文件 ${files.seen} 个：收录 ${files.taken}，拒收 ${files.rejected}，缺失 ${report.missing.length}。` +
      `文章：新增 ${articles.added}，更新 ${articles.updated}，移除 ${articles.removed}，未变 ${articles.unchanged}；` +
      `重复 ${report.duplicates}。用时 ${(report.tookMs / 1000).toFixed(1)} 秒`,
  ];
}
