import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineBinary } from './engine-binary.ts';
import type { EngineFolder } from './engine-folder.ts';
import {
  databaseVersion,
  discardRequest,
  hasDatabase,
  hasSpace,
  moveDatabaseAside,
  withdrawDiscard,
} from './engine-database.ts';
import { readRecord } from './engine-folder.ts';
import { askVersion } from './engine-health.ts';
import type { EngineLog } from './engine-log.ts';
import type { EngineProcess } from './engine-process.ts';
import { adoptEngine, engineUrl, launchEngine, stopProcess } from './engine-process.ts';
import { EngineStartFailure, toStartError } from './engine-start-failure.ts';
import { findFreePort, isFree } from './free-port.ts';
import { findProcessesWithArgument, isRunning } from './process-identity.ts';

export interface StartedEngine {
  readonly process: EngineProcess;
  readonly version: string;
  /** It began without data: the first time, or because the old data were moved aside. */
  readonly startedEmpty: boolean;
}

export interface StartOptions {
  readonly folder: EngineFolder;
  readonly binary: EngineBinary;
  readonly masterKey: string;
  readonly lowMemory: boolean;
  /** Where clients already look for it; null: not known to anybody yet. */
  readonly port: number | null;
  readonly signal: AbortSignal;
  readonly log: EngineLog;
}

/** So often must the engine fail in a row, for no reason we know, before we blame its data. */
const FAILURES_BEFORE_BLAME = 3;
const ADOPT_LIMIT = 10_000;

/**
 * The engine that an owner left running when it was killed, if it still answers to our key; otherwise
 * whatever is left of it is stopped and the answer is null. Needs the owner lock.
 */
export async function adoptOrphan(
  folder: EngineFolder,
  masterKey: string,
): Promise<StartedEngine | null> {
  const record = readRecord(folder);
  if (record !== null && isRunning(record)) {
    const isWanted = discardRequest(folder) === null;
    const deadline = Date.now() + ADOPT_LIMIT;
    while (isWanted && isRunning(record) && Date.now() < deadline) {
      const answer = await askVersion(engineUrl(record.port), masterKey, 2_000);
      if (answer.type === 'version') {
        const { version } = answer;
        return { process: adoptEngine(record, record.port), version, startedEmpty: false };
      }
      if (answer.type === 'refused') break;
      await sleep(200);
    }
    await stopProcess({ identity: record });
  }
  await stopStrays(folder);
  return null;
}

/**
 * Starts the engine on the folder's data. Data that this engine cannot open, because another version
 * wrote them or because they are damaged, and data that somebody asked to discard are moved aside and it starts empty: the article store has
 * everything. Needs the owner lock, since two engines on one folder would not notice each other.
 * @throws EngineError when the engine does not start for a reason that lies elsewhere.
 */
export async function startEngine(options: StartOptions): Promise<StartedEngine> {
  const { folder, binary, log, signal } = options;
  await stopStrays(folder);
  let port = options.port ?? (await findFreePort());
  let failures = 0;
  for (;;) {
    discardOnRequest(folder, log);
    const startedEmpty = !hasDatabase(folder);
    try {
      const launch = { ...options, binary: binary.path, port };
      const process = await launchEngine(launch);
      return { process, version: binary.version, startedEmpty };
    } catch (error) {
      if (!(error instanceof EngineStartFailure)) throw error;
      if (error.reason === 'port-taken' && options.port === null) port = await findFreePort();
      else if (error.reason !== 'unknown') throw toStartError(error, folder);
      failures += 1;
      const reason = startedEmpty ? null : reasonToDiscard(folder, binary.version, failures);
      if (reason !== null) {
        moveAside(folder, reason, log);
        failures = 0;
      } else if (failures >= FAILURES_BEFORE_BLAME) throw toStartError(error, folder);
      else await sleep(200 * failures, undefined, { signal });
    }
  }
}

function discardOnRequest(folder: EngineFolder, log: EngineLog): void {
  const reason = discardRequest(folder);
  if (reason === null) return;
  if (hasDatabase(folder)) moveAside(folder, reason, log);
  withdrawDiscard(folder);
}

function moveAside(folder: EngineFolder, reason: string, log: EngineLog): void {
  const target = moveDatabaseAside(folder);
  log.warn(
    `${reason}，已移到 ${basename(target)}，引擎从空白开始；文章都在文章库里，索引会由文章库重建。`,
  );
}

/** The port that other processes of ours may know, when it can be had; null otherwise. */
export async function knownPort(folder: EngineFolder): Promise<number | null> {
  const port = readRecord(folder)?.port;
  return port !== undefined && (await isFree(port)) ? port : null;
}

/** 1.21 refuses the data of any other version, and data that do not say who wrote them. */
function reasonToDiscard(folder: EngineFolder, version: string, failures: number): string | null {
  const written = databaseVersion(folder);
  if (written === null) return '检索引擎的数据没有版本记录，无法打开';
  if (written !== version)
    return `检索引擎的数据是 ${written} 版写的，现在的引擎是 ${version} 版，不能打开`;
  if (failures < FAILURES_BEFORE_BLAME || !hasSpace(folder)) return null;
  return '检索引擎的数据已损坏，无法打开';
}

async function stopStrays(folder: EngineFolder): Promise<void> {
  for (const identity of findProcessesWithArgument(folder.database))
    await stopProcess({ identity });
}
