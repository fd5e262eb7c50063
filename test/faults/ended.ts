import type { Started } from '../service-process.ts';
import { exited } from '../service-process.ts';

const LIMIT_MS = 180_000;

/** Its exit status, or what is wrong: a command that does not end is killed. */
export async function ended({ child, output }: Started): Promise<0 | string> {
  const late = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  const status = await exited(child);
  clearTimeout(late);
  if (status === 0) return 0;
  const why = status === null ? `被中止（最多 ${LIMIT_MS / 1_000} 秒）` : `退出状态 ${status}`;
  return `${why}：${output().slice(-500)}`;
}
