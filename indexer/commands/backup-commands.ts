import { statSync } from 'node:fs';
import type { Environment } from '../../config/environment.ts';
import type { BackupContents, CopyProgress } from '../backup/backup-file.ts';
import { makeBackup } from '../backup/make-backup.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { changedWordLists, writeWordLists } from '../backup/word-lists.ts';
import type { Progress } from './terminal.ts';
import { createProgress, toTerminal } from './terminal.ts';

const MEGABYTE = 1_000_000;

/** `npm run backup`: the store of DATA_DIR and the word lists as one file. */
export async function runBackup(
  file: string,
  { dataDir, wordLists }: Environment,
): Promise<number> {
  const progress = createProgress('备份');
  const contents = await makeBackup(dataDir, file, inMegabytes(progress), wordLists).finally(
    progress.end,
  );
  const size = (statSync(file).size / MEGABYTE).toFixed(1);
  toTerminal(`已备份 ${describe(contents)}到 ${file}（${size} MB，已核对）。`);
  return 0;
}

export interface RestoreCommandOptions {
  readonly force?: boolean;
  readonly wordLists?: boolean;
}

/** `npm run restore`: what {@link runBackup} wrote, back in its place. */
export async function runRestore(
  file: string,
  options: RestoreCommandOptions,
  { dataDir, wordLists }: Environment,
): Promise<number> {
  const progress = createProgress('恢复');
  const restored = await restoreBackup(
    file,
    dataDir,
    { force: options.force === true },
    inMegabytes(progress),
  ).finally(progress.end);
  toTerminal(
    `已恢复 ${restored.madeAt.slice(0, 16).replace('T', ' ')}（UTC）的备份：${describe(restored)}。`,
  );
  if (!restored.isProven)
    toTerminal('这份备份由旧版本写成，没有校验和，内容是否被改动过无从核对。请重新备份一次。');
  if (restored.former !== null) toTerminal(`原来的库留在 ${restored.former}，不需要时可以删除。`);
  const changed = changedWordLists(restored.wordLists, wordLists);
  if (changed.length > 0) {
    const names = changed.map(({ name }) => `config/${name}`).join('、');
    if (options.wordLists === true) writeWordLists(changed, wordLists);
    toTerminal(
      options.wordLists === true
        ? `词表也已恢复：${names}。`
        : `备份里的 ${names} 与现在的不同，没有动。要连词表一起恢复，请加 --word-lists --force 再运行一次。`,
    );
  }
  toTerminal('下次启动服务或收录时，会从文章库重建索引。');
  return 0;
}

function inMegabytes(progress: Progress): (copied: CopyProgress) => void {
  return ({ done, total }) =>
    progress.show(Math.round(done / MEGABYTE), 'MB', Math.round(total / MEGABYTE));
}

function describe({ articles, savedSearches }: BackupContents): string {
  return `${articles} 篇文章、${savedSearches} 个保存的检索和词表`;
}
