export type Say = (message: string) => void;

/** One line on standard error, so that standard output stays clean for what is asked for. */
export const toTerminal: Say = (message) => void process.stderr.write(`${message}\n`);

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

/** What a person is told of an error that ended a command or the start of the service, in Chinese where we know it. */
export function failureMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined || !DISK_FULL.has(code)) return error.message;
  return `磁盘已满（${code}），没有做完。已经写入的都在；请在 DATA_DIR、备份或报告所在的磁盘上腾出空间，再运行一次，会接着做完。`;
}

export interface Progress {
  /** With a total, the time left is told as well. */
  readonly show: (done: number, what: string, total?: number) => void;
  readonly end: () => void;
}

const REDRAW_MS = 100;
const PLAIN_LINE_MS = 5_000;

/** A line that redraws itself on a terminal, and a plain line now and then in a log. */
export function createProgress(name: string): Progress {
  const isTerminal = process.stderr.isTTY;
  let shown = performance.now();
  let stretch: { readonly since: number; readonly from: number } | null = null;
  let reached = 0;
  let isDrawn = false;
  return {
    show(done, what, total) {
      const now = performance.now();
      // Speed is that of the work at hand: an engine waits long for its first documents, and begins again
      // with each go.
      if (stretch === null || done < reached) stretch = { since: now, from: done };
      reached = done;
      if (now - shown < (isTerminal ? REDRAW_MS : PLAIN_LINE_MS)) return;
      shown = now;
      const rate = (done - stretch.from) / ((now - stretch.since) / 1000);
      const of = total === undefined ? '' : `/${Math.max(total, done)}`;
      const line = `${name} ${done}${of} ${what}${speed(rate, total === undefined ? null : total - done)}`;
      process.stderr.write(isTerminal ? `\r\u001b[2K${line}` : `${line}\n`);
      isDrawn = isTerminal;
    },
    end() {
      if (isDrawn) process.stderr.write('\n');
      isDrawn = false;
    },
  };
}

/** Empty as long as nothing was done. */
function speed(rate: number, left: number | null): string {
  if (!(rate > 0)) return '';
  const eachSecond = `，每秒 ${rate.toFixed(rate < 10 ? 1 : 0)}`;
  return left === null
    ? eachSecond
    : `${eachSecond}，约剩 ${Math.max(0, Math.ceil(left / rate))} 秒`;
}
