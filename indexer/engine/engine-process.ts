import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makePrivateWithin } from '../core/data-dir.ts';
import type { EngineFolder } from './engine-folder.ts';
import { writeRecord } from './engine-folder.ts';
import { askVersion, isHealthy } from './engine-health.ts';
import { boundLog, logSize, readLogAfter } from './engine-log.ts';
import type { StartFailureReason } from './engine-start-failure.ts';
import { classifyExit, EngineStartFailure } from './engine-start-failure.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { hasCode, identifyProcess, isRunning, signalProcess } from './process-identity.ts';

/** A running engine, started by us or found running. */
export interface EngineProcess {
  readonly identity: ProcessIdentity;
  readonly port: number;
  readonly url: string;
  /** Fulfilled when the process is gone, with a word on how. */
  readonly exited: Promise<string>;
}

export interface LaunchOptions {
  readonly binary: string;
  readonly folder: EngineFolder;
  readonly port: number;
  readonly masterKey: string;
  readonly lowMemory: boolean;
  readonly signal: AbortSignal;
}

const START_LIMIT = 120_000;
/** An engine that listens but cannot answer a simple question has damaged data. */
const ANSWER_LIMIT = 5_000;
const TERM_GRACE = 10_000;
const KILL_GRACE = 5_000;
const ADOPTED_POLL = 200;
const MEBIBYTE = 1 << 20;
/** Bytes of one request to an engine of our own. */
export const PAYLOAD_LIMIT = 256 * MEBIBYTE;
/** To index with little memory, bytes. */
const LEAST_MEMORY = 64 * MEBIBYTE;

export function engineUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/**
 * Starts one engine process and returns it when it answers. It runs in a session of its own, so that
 * Ctrl-C reaches only us and requests in flight can finish, and writes its log to a file, so that it
 * outlives an owner that is killed.
 * @throws EngineStartFailure when it ends, or does not answer, before it is ready.
 */
export async function launchEngine(options: LaunchOptions): Promise<EngineProcess> {
  const { folder, port, masterKey, signal } = options;
  signal.throwIfAborted();
  boundLog(folder.logFile);
  const logStart = logSize(folder.logFile);
  const child = spawnEngine(options);
  const output = () => readLogAfter(folder.logFile, logStart);
  const fail = (reason: StartFailureReason) => new EngineStartFailure(reason, output());
  try {
    await once(child, 'spawn');
  } catch (error) {
    if (hasCode(error, 'EACCES', 'ENOENT', 'ENOEXEC', 'ETXTBSY')) throw fail('not-executable');
    throw error;
  }
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, exitSignal) => resolve(exitSignal ?? `退出码 ${code ?? '未知'}`));
  });
  const identity = child.pid === undefined ? null : identifyProcess(child.pid);
  if (identity === null) {
    await exited;
    throw fail(classifyExit(child.signalCode, output()));
  }
  // Not before: with nothing else to wait for, Node would end in silence while we wait for `exited`.
  child.unref();
  writeRecord(folder, { ...identity, port, startedBy: process.pid });
  const engine: EngineProcess = { identity, port, url: engineUrl(port), exited };
  const deadline = Date.now() + START_LIMIT;
  let aliveSince = Infinity;
  for (let pause = 20; ; pause = Math.min(pause * 1.3, 250)) {
    if (hasEnded()) throw fail(classifyExit(child.signalCode, output()));
    if (signal.aborted || Date.now() > deadline) {
      await stopProcess(engine);
      signal.throwIfAborted();
      throw fail('slow');
    }
    // Somebody else's server on the same port would not know our key.
    const answer = await askVersion(engine.url, masterKey, 2_000);
    if (answer.type === 'version' && (await isHealthy(engine.url, 2_000))) return engine;
    if (answer.type !== 'unreachable') aliveSince = Math.min(aliveSince, Date.now());
    if (Date.now() - aliveSince > ANSWER_LIMIT) {
      await stopProcess(engine);
      throw fail('unknown');
    }
    await sleep(pause);
  }
}

/** Takes charge of an engine that runs already; its parent may be gone, so we look whether it lives. */
export function adoptEngine(identity: ProcessIdentity, port: number): EngineProcess {
  const exited = new Promise<string>((resolve) => {
    const timer = setInterval(() => {
      if (isRunning(identity)) return;
      clearInterval(timer);
      resolve('原因不明');
    }, ADOPTED_POLL);
    timer.unref();
  });
  return { identity, port, url: engineUrl(port), exited };
}

/** Asks the process to end and, when it has not after 10 s, ends it. Returns when it is gone. */
export async function stopProcess({ identity }: Pick<EngineProcess, 'identity'>): Promise<void> {
  if (!isRunning(identity) || !signalProcess(identity.pid, 'SIGTERM')) return;
  if (await isGoneWithin(identity, TERM_GRACE)) return;
  signalProcess(identity.pid, 'SIGKILL');
  await isGoneWithin(identity, KILL_GRACE);
}

async function isGoneWithin(identity: ProcessIdentity, limit: number): Promise<boolean> {
  const deadline = Date.now() + limit;
  while (isRunning(identity)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

function spawnEngine({ binary, folder, port, masterKey, lowMemory }: LaunchOptions): ChildProcess {
  const log = openSync(folder.logFile, 'a', 0o600);
  makePrivateWithin(folder.root);
  // The engine's files are its owner's only, as are ours.
  const usual = process.umask(0o077);
  try {
    return spawn(
      binary,
      [
        ...['--db-path', folder.database],
        ...['--http-addr', `127.0.0.1:${port}`],
        ...['--env', 'production'],
        '--no-analytics',
        ...['--http-payload-size-limit', String(PAYLOAD_LIMIT)],
        ...indexingOptions(lowMemory),
        ...['--dump-dir', join(folder.root, 'dumps')],
        ...['--snapshot-dir', join(folder.root, 'snapshots')],
        // INFO writes a line for each request.
        ...['--log-level', 'WARN'],
      ],
      {
        cwd: folder.root,
        detached: true,
        stdio: ['ignore', log, log],
        env: { ...ownEnvironment(), MEILI_MASTER_KEY: masterKey },
      },
    );
  } finally {
    process.umask(usual);
    closeSync(log);
  }
}

/** Without MEILI_… variables, which would change how the engine runs. The key stays off the command line. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('MEILI_')),
  );
}

/**
 * How many bytes and threads the engine may take to index. By itself it takes two thirds of the memory,
 * which leaves too little for us beside it, and half of the cores, though nobody else needs them: documents
 * come to it when all are made.
 */
function indexingOptions(lowMemory: boolean): string[] {
  const memory = lowMemory ? LEAST_MEMORY : shareOfMemory();
  const threads = lowMemory ? 1 : availableParallelism();
  return [
    ...['--max-indexing-memory', String(memory)],
    ...['--max-indexing-threads', String(threads)],
    // What it has changed and not yet written is then the kernel's to write when memory is short.
    ...(lowMemory ? ['--experimental-reduce-indexing-memory-usage'] : []),
  ];
}

/** A quarter of what this machine or container has, 256 MiB to 2 GiB. */
function shareOfMemory(): number {
  // Without a limit this is 0 or an astronomic number.
  const limit = process.constrainedMemory() || Infinity;
  const quarter = Math.min(limit, totalmem()) / 4;
  return Math.round(Math.min(Math.max(quarter, 256 * MEBIBYTE), 2_048 * MEBIBYTE));
}
