import { createServer } from 'node:http';
import { readEnvironment } from '../config/environment.ts';
import { createLog } from '../indexer/log.ts';
import { startService } from './start-service.ts';

/** Entry point of `npm start`. */
async function main(): Promise<void> {
  const environment = readEnvironment();
  const log = createLog(environment);
  const service = await startService(environment, log, createServer);
  process.stdout.write(`园区新闻检索已就绪：${service.address}\n`);
  const stop = (signal: NodeJS.Signals) => {
    process.once(signal, () => process.exit(1));
    log.info({ signal }, '正在停止');
    void service.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`启动失败：${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
