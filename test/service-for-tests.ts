import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DestinationStream } from 'pino';
import { pino } from 'pino';
import { parseEnvironment } from '../config/environment.ts';
import { createLog } from '../indexer/core/log.ts';
import { waitForLock } from '../indexer/core/process-lock.ts';
import type { Service } from '../server/start-service.ts';
import { startService } from '../server/start-service.ts';
import { runFolder } from './run-folder.ts';

export interface TestService extends Service {
  readonly dataDir: string;
}

/**
 * The whole service with a real engine, on a free port and in a folder of its own; logs to standard error.
 * Without a DATA_DIR and word lists of its own it begins with the sample corpus taken in and indexed.
 */
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
  const isOrdinary = ['DATA_DIR', 'WORD_LISTS'].every((name) => variables[name] === undefined);
  // The index of a copy would be that of all copies in an engine that they share.
  const isAlone = environment.meiliUrl === undefined && environment.shards.length === 0;
  if (isOrdinary && isAlone && environment.sampleCorpus) await copySample(dataDir);
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

/** What the service makes of the sample corpus: made by the first of a run of vitest that asks, a copy for each. */
async function copySample(dataDir: string): Promise<void> {
  const run = runFolder();
  if (run === undefined) return;
  const prepared = join(run, 'sample');
  const lock = await waitForLock(run, 'sample', () => undefined);
  try {
    if (!existsSync(prepared)) await prepareSample(prepared);
  } finally {
    lock.release();
  }
  cpSync(prepared, dataDir, { recursive: true });
}

async function prepareSample(folder: string): Promise<void> {
  const draft = `${folder}-draft`;
  const environment = parseEnvironment({
    PORT: '0',
    DATA_DIR: draft,
    MEILI_BIN: process.env['MEILI_BIN'],
  });
  const service = await startService(environment, pino({ level: 'silent' }), createServer);
  await service.stop();
  renameSync(draft, folder);
}

/** A new empty folder that the caller removes. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'park-news-'));
}
