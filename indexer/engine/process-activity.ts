import { readIfExists } from './engine-folder.ts';
import { hasCode } from './process-identity.ts';

/**
 * A number that grows while the process works, however slowly: its processor time in ticks and the
 * thousands of bytes that it has read and written. Null where the system does not tell (no Linux).
 */
export function processActivity(pid: number): number | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // proc(5): fields are counted after the name in parentheses; 14 and 15 are user and system time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const bytes = [...(read(`/proc/${pid}/io`) ?? '').matchAll(/^(?:read|write)_bytes: (\d+)$/gm)]
    .map(([, count]) => Number(count))
    .reduce((sum, count) => sum + count, 0);
  return Number.isNaN(ticks) ? null : ticks + Math.floor(bytes / 1_000);
}

function read(path: string): string | null {
  try {
    return readIfExists(path);
  } catch (error) {
    // Another user's, or gone in the meantime.
    if (hasCode(error, 'EACCES', 'EPERM', 'ESRCH')) return null;
    throw error;
  }
}
