import { on } from 'node:events';
import type { Finding } from '../finding.ts';
import { startThread } from '../workers/start-thread.ts';
import type { Page } from './page.ts';
import type { PdfThreadData } from './pdf-thread.ts';

const LOOK_EVERY_MS = 20;
const MOST_GROWTH = 1 << 30;

/**
 * Pages and findings of an encrypted PDF. How far its streams unpack nobody can see from outside, and the
 * library has no limit: so it is read in a thread, which is ended when the process has grown by `mostGrowth`
 * bytes meanwhile.
 */
export async function* readGuarded(
  path: string,
  bytes: Uint8Array,
  mostGrowth = MOST_GROWTH,
): AsyncGenerator<Page | Finding> {
  const data: PdfThreadData = { path, bytes };
  const thread = startThread(new URL('./pdf-thread.ts', import.meta.url), data);
  const before = process.memoryUsage.rss();
  const seen = { isTooLarge: false };
  const guard = setInterval(() => {
    seen.isTooLarge ||= process.memoryUsage.rss() - before > mostGrowth;
    if (seen.isTooLarge) void thread.terminate();
  }, LOOK_EVERY_MS);
  const reject = (reason: string, remedy: string): Finding => ({
    type: 'finding',
    severity: 'rejected',
    file: path,
    place: '',
    reason,
    remedy,
  });
  try {
    for await (const [item] of on(thread, 'message', { close: ['exit'] }))
      yield item as Page | Finding;
  } catch (error) {
    const name = error instanceof Error ? error.name : String(error);
    if (!seen.isTooLarge) yield reject(`PDF 已损坏（${name}）`, '重新下载，或从原软件重新导出 PDF');
  } finally {
    clearInterval(guard);
    await thread.terminate();
  }
  if (seen.isTooLarge)
    yield reject(
      `加密的 PDF 解压后占用内存超过 ${mostGrowth >> 20} MB，其余各页未读`,
      '可能是恶意文件；确实需要，请用原软件去掉加密另存一份，再导入',
    );
}
