import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DestinationStream } from 'pino';
import { pino } from 'pino';
import { parseEnvironment } from '../config/environment.ts';
import { createLog } from '../indexer/core/log.ts';
import type { Service } from '../server/start-service.ts';
import { startService } from '../server/start-service.ts';

export interface TestService extends Service {
  readonly dataDir: string;
}

/** The whole service with a real engine, on a free port and in a folder of its own; logs to standard error. */
export async function startTestService(
  variables: Readonly<Record<string, string>> = {},
  logTo: DestinationStream = pino.destination(2),
): Promise<TestService> {
  const dataDir = variables['DATA_DIR'] ?? temporaryFolder();
  const environment = parseEnvironment({
    PORT: '0',
    LOG_LEVEL: 'warn',
    // Tests share their machine: what is slow there is not broken.
    ENGINE_LIMIT_MS: '20000',
    MEILI_URL: process.env['MEILI_URL'],
    MEILI_MASTER_KEY: process.env['MEILI_MASTER_KEY'],
    MEILI_BIN: process.env['MEILI_BIN'],
    ...variables,
    DATA_DIR: dataDir,
  });
  const log = createLog(environment, { destination: logTo, isTerminal: false });
  const service = await startService(environment, log, createServer);
  return {
    address: service.address,
    dataDir,
    async stop() {
      await service.stop();
      if (variables['DATA_DIR'] === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A new empty folder that the caller removes. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'park-news-'));
}
