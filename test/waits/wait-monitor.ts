import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Measured, ProbedPaths, WaitOrder, WaitReport } from './wait-messages.ts';
import { QUIET } from './wait-messages.ts';

export interface WaitMonitor {
  /** From now on what is asked is asked there. */
  readonly watch: (address: string) => void;
  /** Says what is under way, and whose waits count meanwhile. */
  readonly attack: (name: string, measured?: Measured) => void;
  readonly calm: () => void;
  /** Ends the measuring; what it found. */
  readonly end: () => Promise<WaitReport>;
}

/**
 * Measures from a process of its own, until `end`, how long requests wait that have nothing to do with what
 * the run does: `/healthz`, a search and an article, each on a kept connection and on new ones.
 */
export function startWaitMonitor(address: string, paths: ProbedPaths): WaitMonitor {
  const child = fork(join(import.meta.dirname, 'wait-process.ts'), {
    execArgv: ['--import', 'tsx'],
  });
  const order = (one: WaitOrder) => void child.send(one);
  const watch = (at: string) => order({ type: 'target', address: at, paths });
  watch(address);
  return {
    watch,
    attack: (name, measured = 'all') => order({ type: 'attack', name, measured }),
    calm: () => order({ type: 'attack', name: QUIET, measured: 'all' }),
    async end() {
      order({ type: 'report' });
      const [report] = (await once(child, 'message')) as [WaitReport];
      child.disconnect();
      return report;
    },
  };
}
