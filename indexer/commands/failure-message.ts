const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

/** What a person is told of an error that ended a command or the start of the service, in Chinese where we know it. */
export function failureMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined || !DISK_FULL.has(code)) return error.message;
  return `磁盘已满（${code}），没有做完。已经写入的都在；请在 DATA_DIR、备份或报告所在的磁盘上腾出空间，再运行一次，会接着做完。`;
}
