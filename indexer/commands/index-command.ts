import { writeFileSync } from 'node:fs';
import type { Environment } from '../../config/environment.ts';
import { groupDuplicates } from '../duplicates/group-duplicates.ts';
import { EngineError } from '../engine/engine-error.ts';
import { ingestFiles } from '../ingest/ingest-files.ts';
import type { IngestReport } from '../ingest/ingest-report.ts';
import { exitCode } from '../ingest/ingest-report.ts';
import { INGEST_LOCK } from '../ingest/sample-corpus.ts';
import { openStore } from '../store/database.ts';
import { waitForLock } from '../store/process-lock.ts';
import { createToolchain } from '../toolchain.ts';
import { withIndexKeeper } from './with-index-keeper.ts';

export interface IndexCommandOptions {
  readonly report?: string;
  readonly dryRun?: boolean;
}

/** `npm run index`: 0 all inputs taken, 2 some rejected and the rest indexed, 1 nothing could be done. */
export async function runIndex(
  inputs: readonly string[],
  options: IndexCommandOptions,
  environment: Environment,
): Promise<number> {
  const say = (message: string) => void process.stderr.write(`${message}\n`);
  const toolchain = createToolchain();
  if (options.dryRun === true) {
    const report = await ingestFiles(inputs, { store: null, preparePage: toolchain.preparePage });
    return finish(report, options, say);
  }
  const store = openStore(environment.dataDir);
  const lock = await waitForLock(environment.dataDir, INGEST_LOCK, () =>
    say('另一个收录正在进行，等它完成'),
  );
  let report: IngestReport;
  try {
    report = await ingestFiles(inputs, { store, preparePage: toolchain.preparePage });
    report.duplicates = groupDuplicates(store).copies;
  } finally {
    lock.release();
  }
  try {
    await withIndexKeeper({ environment, store, toolchain, say }, (keeper) =>
      keeper.bringUpToDate(),
    );
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    say(
      `文章已存入文章库，但暂时写不进索引：${error.message}\n引擎恢复后，服务或下一次收录会自动补上。`,
    );
    finish(report, options, say);
    return 1;
  } finally {
    store.close();
  }
  return finish(report, options, say);
}

function finish(
  report: IngestReport,
  options: IndexCommandOptions,
  say: (message: string) => void,
): number {
  const { files, articles } = report;
  for (const { severity, file, place, reason, remedy } of report.findings)
    say(
      `${severity === 'rejected' ? '拒收' : '存疑'} ${file}${place === '' ? '' : ` ${place}`}：${reason}。${remedy}`,
    );
  say(
    `文件 ${files.seen} 个：收录 ${files.taken}，拒收 ${files.rejected}。` +
      `文章：新增 ${articles.added}，更新 ${articles.updated}，移除 ${articles.removed}，未变 ${articles.unchanged}；` +
      `重复 ${report.duplicates}。用时 ${(report.tookMs / 1000).toFixed(1)} 秒`,
  );
  if (options.report !== undefined)
    writeFileSync(options.report, `${JSON.stringify(report, null, 2)}\n`);
  return exitCode(report);
}
