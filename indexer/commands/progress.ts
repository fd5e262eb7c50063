export type Say = (message: string) => void;

/** One line on standard error, so that standard output stays clean for what is asked for. */
export const toTerminal: Say = (message) => void process.stderr.write(`${message}\n`);

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
  const started = performance.now();
  let shown = started;
  let isDrawn = false;
  return {
    show(done, what, total) {
      const now = performance.now();
      if (now - shown < (isTerminal ? REDRAW_MS : PLAIN_LINE_MS)) return;
      shown = now;
      const rate = done / ((now - started) / 1000);
      const left =
        total === undefined || rate === 0
          ? ''
          : `，约剩 ${Math.max(0, Math.ceil((total - done) / rate))} 秒`;
      const of = total === undefined ? '' : `/${Math.max(total, done)}`;
      const line = `${name} ${done}${of} ${what}，每秒 ${rate.toFixed(0)}${left}`;
      process.stderr.write(isTerminal ? `\r\u001b[2K${line}` : `${line}\n`);
      isDrawn = isTerminal;
    },
    end() {
      if (isDrawn) process.stderr.write('\n');
      isDrawn = false;
    },
  };
}
