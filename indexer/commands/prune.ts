import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rejected } from '../core/finding.ts';
import type { IngestReport } from '../ingest/ingest-report.ts';
import { noteFinding } from '../ingest/ingest-report.ts';
import type { MissingFiles } from '../ingest/missing-files.ts';
import { findMissingFiles, pruneFiles } from '../ingest/missing-files.ts';
import type { Store } from '../store/database.ts';
import { openStoreReader } from '../store/database.ts';
import type { Say } from './terminal.ts';

const FOLDERS_SHOWN = 20;
const NAMES_SHOWN = 3;

/** Finds the files that cannot be found any more, enters them in the report and tells of them by folder. */
export function noteMissing(
  store: Store,
  inputs: readonly string[],
  report: IngestReport,
  { say, prune = false }: { readonly say: Say; readonly prune?: boolean },
): MissingFiles[] {
  const missing = findMissingFiles(store, inputs);
  for (const { paths } of missing) for (const path of paths) report.missing.push(path);
  for (const line of describe(missing, prune)) say(line);
  return missing;
}

interface PruneOptions {
  readonly report: IngestReport;
  /** Whether also what may well be there is to go. */
  readonly isMeant: boolean;
}

/** Removes what is missing; what may be there all the same becomes a rejection unless it is meant to go. */
export async function pruneMissing(
  store: Store,
  missing: readonly MissingFiles[],
  { report, isMeant }: PruneOptions,
): Promise<void> {
  for (const { folder, paths, articles, doubt } of missing) {
    if (doubt === null || isMeant) {
      const removed = await pruneFiles(store, paths);
      report.articles.removed += removed;
    } else {
      const reason = `${doubt}，不能断定其中的文件已删除，${articles} 篇文章没有移除`;
      const remedy = '检查共享盘是否挂上、权限是否改过；确要移除请加 --prune --yes';
      noteFinding(report, rejected(folder, '', reason, remedy));
    }
  }
}

/** Hands the store of a DATA_DIR over for reading when there is one. */
export function readStoreIfAny(dataDir: string, read: (store: Store) => void): void {
  if (!existsSync(join(dataDir, 'articles.sqlite'))) return;
  const store = openStoreReader(dataDir);
  try {
    read(store);
  } finally {
    store.close();
  }
}

function describe(missing: readonly MissingFiles[], prune: boolean): string[] {
  if (missing.length === 0) return [];
  const [files, articles] = [
    missing.reduce((sum, { paths }) => sum + paths.length, 0),
    missing.reduce((sum, one) => sum + one.articles, 0),
  ];
  const folders = missing.slice(0, FOLDERS_SHOWN).map(({ folder, paths, doubt, ...one }) => {
    const names = paths.slice(0, NAMES_SHOWN).map((path) => basename(path));
    const more = paths.length > NAMES_SHOWN ? ' 等' : '';
    const why = doubt === null ? '' : `；${doubt}`;
    return `  ${folder}：${paths.length} 个文件、${one.articles} 篇文章（${names.join('、')}${more}${why}）`;
  });
  const rest = missing.length - folders.length;
  return [
    `收录过的文件有 ${files} 个找不到了，涉及 ${articles} 篇文章${prune ? '，将要移除' : '，仍保留；确要移除请加 --prune'}：`,
    ...folders,
    ...(rest > 0 ? [`  以及另外 ${rest} 个文件夹`] : []),
  ];
}
