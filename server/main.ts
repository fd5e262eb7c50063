import { once } from 'node:events';
import { createServer } from 'node:http';
import { readEnvironment } from '../config/environment.ts';
import { failureMessage } from '../indexer/commands/terminal.ts';
import { createLog } from '../indexer/core/log.ts';
import { followNpm } from './follow-npm.ts';
import { startService } from './start-service.ts';

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Entry point of `npm start`. */
async function main(): Promise<void> {
  const environment = readEnvironment();
  const log = createLog(environment);
  const stopping = new AbortController();
  const stop = (reason: string) => {
    if (stopping.signal.aborted) return;
    for (const again of ENDING) process.once(again, () => process.exit(1));
    log.info({ reason }, '正在停止，手头的请求做完就退出；再发一次信号立即退出');
    stopping.abort(new Error('启动中收到停止信号，已停止'));
  };
  for (const signal of ENDING) process.once(signal, stop);
  followNpm(process.env, () => stop('npm 已退出'));
  const service = await startService(environment, log, createServer, stopping.signal);
  process.stdout.write(`园区新闻检索已就绪：${service.address}\n`);
  if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
  await service.stop();
  process.exit(0);
}

main().catch((error: unknown) => {
  process.stderr.write(`启动失败：${failureMessage(error)}\n`);
  process.exit(1);
});
