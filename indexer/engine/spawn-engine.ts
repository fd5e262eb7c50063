import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { makePrivateWithin } from '../core/data-dir.ts';
import type { EngineFolder } from './engine-folder.ts';

export interface SpawnOptions {
  readonly folder: EngineFolder;
  readonly port: number;
  readonly masterKey: string;
  /** Whether it indexes with as little memory as it can. */
  readonly lowMemory: boolean;
}

const MEBIBYTE = 1 << 20;
/** Bytes of one request to an engine of our own. */
export const PAYLOAD_LIMIT = 256 * MEBIBYTE;
/** To index with little memory, bytes. */
const LEAST_MEMORY = 64 * MEBIBYTE;

/**
 * Starts the engine's program in a session of its own, so that Ctrl-C reaches only us and requests in flight
 * can finish, with its log in a file, so that it outlives a leader that is killed.
 */
export function spawnEngine(binary: string, options: SpawnOptions): ChildProcess {
  const { folder, port, masterKey, lowMemory } = options;
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
        // The key stays off the command line.
        env: { ...ownEnvironment(), MEILI_MASTER_KEY: masterKey },
      },
    );
  } finally {
    process.umask(usual);
    closeSync(log);
  }
}

/** Without MEILI_… variables, which would change how the engine runs. */
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
  return [
    ...['--max-indexing-memory', String(lowMemory ? LEAST_MEMORY : shareOfMemory())],
    ...['--max-indexing-threads', String(lowMemory ? 1 : availableParallelism())],
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
