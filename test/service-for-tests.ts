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

/** Started by the first test file of a worker that asks for it; the folder of the run goes with the last. */
let sampleService: Promise<TestService> | undefined;

/**
 * The service with the sample corpus, in the folder of the run: for tests that change no article, no word
 * list and no setting, so that all files of a worker ask the same one. It ends with the worker.
 */
export function sharedSampleService(): Promise<TestService> {
  sampleService ??= startSampleService();
  return sampleService;
}

async function startSampleService(): Promise<TestService> {
  const run = runFolder();
  if (run === undefined) throw new Error('only within a run of vitest');
  const dataDir = mkdtempSync(join(run, 'shared-'));
  // In an engine that all share, the index of a copy would be that of all copies.
  if (process.env['MEILI_URL'] === undefined) await copySample(dataDir);
  return startTestService({ DATA_DIR: dataDir, RATE_LIMIT: '0' });
}

/**
 * Fills a DATA_DIR with what the service makes of the sample corpus, which the first of a run of vitest that
 * asks has it make; nothing outside vitest.
 */
export async function copySample(dataDir: string): Promise<void> {
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
