import { readFileSync } from 'node:fs';
import { hasCode } from '../indexer/engine/process-identity.ts';

const LOOK_EVERY_MS = 1_000;

/**
 * Calls `end` once the npm that has started this process has ended: killed, it tells nobody, and of a SIGTERM it
 * tells only the shell between. Does nothing for a process that npm has not started.
 */
export function followNpm(
  environment: Readonly<Record<string, string | undefined>>,
  end: () => void,
): void {
  if (environment['npm_lifecycle_event'] === undefined) return;
  const first = ancestors();
  const looking = setInterval(() => {
    if (ancestors() === first) return;
    clearInterval(looking);
    end();
  }, LOOK_EVERY_MS).unref();
}

/** The parent, and npm behind it when the parent is the shell in which npm runs a script. */
function ancestors(): string {
  const { ppid } = process;
  const [, name = '', parent = ''] = /^\d+ \((.*)\) \S (\d+) /.exec(readStat(ppid)) ?? [];
  return name.endsWith('sh') ? `${ppid} ${parent}` : String(ppid);
}

/** proc(5); empty where there is none. */
function readStat(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH', 'EACCES', 'EPERM')) return '';
    throw error;
  }
}
