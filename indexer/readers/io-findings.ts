import { rejected, type Finding } from '../core/finding.ts';

const REASONS: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  ENOENT: ['找不到这个文件或文件夹', '检查路径是否写对，文件是否已被移走'],
  ENOTDIR: ['路径中有一段不是文件夹', '检查路径是否写对'],
  EACCES: ['没有读取权限', '给运行本程序的用户加上读取权限'],
  EPERM: ['没有读取权限', '给运行本程序的用户加上读取权限'],
  EISDIR: ['这是文件夹，不是文件', '直接给出文件夹名，程序会读取其中的文件'],
  ELOOP: ['符号链接互相指向，成了死循环', '删去或改正这些符号链接'],
  EMFILE: ['同时打开的文件太多', '稍后重试，或调大系统允许打开的文件数'],
  ENAMETOOLONG: ['路径太长', '缩短文件名或文件夹名'],
  EIO: ['磁盘读取出错', '检查磁盘，或从备份取回这个文件'],
};

/** True for what the file system throws, as against our own faults. */
export function isIoError(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error &&
    typeof (error as NodeJS.ErrnoException).code === 'string' &&
    (typeof (error as NodeJS.ErrnoException).errno === 'number' ||
      (error as NodeJS.ErrnoException).code === 'ERR_INVALID_ARG_VALUE')
  );
}

/** Returns the finding for a file that cannot be read. Rethrows what is no I/O error. */
export function ioFinding(file: string, error: unknown): Finding {
  if (!isIoError(error)) throw error;
  const code = error.code ?? '';
  const [reason, remedy] = REASONS[code] ?? ['读取失败', '检查文件和磁盘后重试'];
  return rejected(file, '', `${reason}（${code}）`, remedy);
}
