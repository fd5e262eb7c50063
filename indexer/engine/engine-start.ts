import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineBinary } from './engine-binary.ts';
import {
  discardOnRequest,
  hasDatabase,
  isDiscardRequested,
  moveDatabaseAside,
  reasonToDiscard,
} from './engine-database.ts';
import type { EngineFolder } from './engine-folder.ts';
import { readRecord } from './engine-folder.ts';
import { askVersion } from './engine-health.ts';
import type { EngineLog } from './engine-log.ts';
import type { EngineProcess, LaunchOptions } from './engine-process.ts';
import { EngineStartFailure, engineUrl, launchEngine, stopProcess } from './engine-process.ts';
import { findFreePort, isFree } from './free-port.ts';
import { findProcessesWithArgument, isRunning } from './process-identity.ts';

export interface StartedEngine {
  readonly process: EngineProcess;
  readonly version: string;
  /** It began without data: the first time, or because the old data were moved aside. */
  readonly startedEmpty: boolean;
}

export interface StartOptions extends Omit<LaunchOptions, 'port'> {
  readonly binary: EngineBinary;
  /** Where clients look for it; null: not known to anybody yet. */
  readonly port: number | null;
  readonly log: EngineLog;
}

/** So often must the engine fail in a row, for no reason we know, before we blame its data. */
const FAILURES_BEFORE_BLAME = 3;
const ADOPT_LIMIT = 10_000;

/**
 * The engine that a leader left running, if it still answers to our key; otherwise whatever is left of it
 * is stopped and the answer is null. Needs the leader lock.
 */
export async function adoptRunning(
  folder: EngineFolder,
  masterKey: string,
): Promise<StartedEngine | null> {
  const record = readRecord(folder);
  const deadline = Date.now() + ADOPT_LIMIT;
  if (record !== null && !isDiscardRequested(folder))
    while (isRunning(record) && Date.now() < deadline) {
      const answer = await askVersion(engineUrl(record.port), masterKey, 2_000);
      if (answer.type === 'version') {
        const { version } = answer;
        const process = { identity: record, port: record.port, exited: null };
        return { process, version, startedEmpty: false };
      }
      if (answer.type === 'refused') break;
      await sleep(200);
    }
  await stopEngines(folder);
  return null;
}

/**
 * Starts the engine on the folder's data. Data that this engine cannot open, because another version
 * wrote them or because they are damaged, and data that somebody asked to discard are moved aside and it
 * starts empty: the article store has everything. Needs the leader lock.
 * @throws EngineError when the engine does not start for a reason that lies elsewhere.
 */
export async function startEngine(options: StartOptions): Promise<StartedEngine> {
  const { folder, binary, log, signal } = options;
  await stopEngines(folder);
  let port = options.port ?? (await knownPort(folder)) ?? (await findFreePort());
  let failures = 0;
  for (;;) {
    discardOnRequest(folder, log);
    const startedEmpty = !hasDatabase(folder);
    try {
      const process = await launchEngine(binary.path, { ...options, port });
      return { process, version: binary.version, startedEmpty };
    } catch (error) {
      if (!(error instanceof EngineStartFailure)) throw error;
      if (error.reason === 'port-taken' && options.port === null) port = await findFreePort();
      else if (error.reason !== 'unknown') throw error.toError(folder);
      failures += 1;
      const isBlamed = failures >= FAILURES_BEFORE_BLAME;
      const reason = startedEmpty ? null : reasonToDiscard(folder, binary.version, isBlamed);
      if (reason !== null) {
        moveDatabaseAside(folder, reason, log);
        failures = 0;
      } else if (isBlamed) throw error.toError(folder);
      else await sleep(200 * failures, undefined, { signal });
    }
  }
}

/** Two engines on one folder would not notice each other, so each with that folder on its command line goes. */
export async function stopEngines(folder: EngineFolder): Promise<void> {
  const record = readRecord(folder);
  if (record !== null) await stopProcess(record);
  for (const identity of findProcessesWithArgument(folder.database)) await stopProcess(identity);
}

/** The port that other processes of ours may know, when it can be had; null otherwise. */
async function knownPort(folder: EngineFolder): Promise<number | null> {
  const port = readRecord(folder)?.port;
  return port !== undefined && (await isFree(port)) ? port : null;
}
