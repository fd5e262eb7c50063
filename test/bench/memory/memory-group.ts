import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const CONTROLLER = '/sys/fs/cgroup/memory';
const MEGABYTE = 1_000_000;

/** Processes that share a limit of memory, the cache of the files that they read included. */
export interface MemoryGroup {
  /** A command that runs the one after it in the group. */
  readonly launcher: readonly string[];
  /** MB: most that they have had, and of it now what is theirs and no file's. */
  readonly usage: () => { readonly peakMb: number; readonly ownMb: number };
  /** How many of them the kernel has ended because there was no memory left. */
  readonly kills: () => number;
  /** Ends those that are left. */
  readonly remove: () => Promise<void>;
}

/**
 * Makes a control group (cgroup version 1) with this limit, and forgets the cached pages of all files, so
 * that none is used that was not read in the group.
 * @throws when this is not Linux with that controller, or we are not root.
 */
export function createMemoryGroup(limitMb: number): MemoryGroup {
  if (!existsSync(join(CONTROLLER, 'memory.limit_in_bytes')))
    throw new Error(`no memory controller of cgroup version 1 at ${CONTROLLER}`);
  const folder = join(CONTROLLER, `park-news-${process.pid}-${limitMb}`);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const write = (name: string, value: number) => writeFileSync(join(folder, name), String(value));
  const members = () => read('cgroup.procs').split('\n').filter(Boolean).map(Number);
  mkdirSync(folder);
  write('memory.limit_in_bytes', limitMb * MEGABYTE);
  write('memory.swappiness', 0);
  writeFileSync('/proc/sys/vm/drop_caches', '3');
  return {
    launcher: ['sh', '-c', `echo $$ > ${join(folder, 'cgroup.procs')} && exec "$@"`, 'sh'],
    usage: () => ({
      peakMb: Number(read('memory.max_usage_in_bytes')) / MEGABYTE,
      ownMb: Number(/^total_rss (\d+)/m.exec(read('memory.stat'))?.[1]) / MEGABYTE,
    }),
    kills: () => Number(/^oom_kill (\d+)/m.exec(read('memory.oom_control'))?.[1]),
    async remove() {
      for (let left = members(); left.length > 0; left = members()) {
        for (const pid of left) kill(pid);
        await sleep(50);
      }
      rmdirSync(folder);
    },
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended between the listing and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
