import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';

/** A process, told apart from a later one that was given the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in whatever unit the system has; only good for comparing. */
  readonly startedAt: string;
}

/** Who runs under this number now; null when nobody does, or only a zombie. */
export function identifyProcess(pid: number): ProcessIdentity | null {
  const startedAt = process.platform === 'linux' ? linuxStart(pid) : psStart(pid);
  return startedAt === null ? null : { pid, startedAt };
}

export function isRunning(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startedAt === identity.startedAt;
}

/**
 * All processes that were started with exactly this argument somewhere in their command line.
 * This finds an engine even when its owner was killed before it could write down what it started.
 */
export function findProcessesWithArgument(argument: string): ProcessIdentity[] {
  const pids = process.platform === 'linux' ? linuxSearch(argument) : psSearch(argument);
  return pids
    .filter((pid) => pid !== process.pid)
    .map(identifyProcess)
    .filter((identity) => identity !== null);
}

/** Sends a signal; false when the process is already gone. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if (hasCode(error, 'ESRCH')) return false;
    throw error;
  }
}

/** Whether this is a system error with one of these codes. */
export function hasCode(error: unknown, ...codes: string[]): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/**
 * A number that grows while the process works, however slowly: its processor time in ticks and the
 * thousands of bytes that it has read and written. Null where the system does not tell (no Linux).
 */
export function processActivity(pid: number): number | null {
  const stat = readStat(pid);
  if (stat === null) return null;
  const bytes = [...(readProc(`/proc/${pid}/io`) ?? '').matchAll(/^(?:read|write)_bytes: (\d+)$/gm)]
    .map(([, count]) => Number(count))
    .reduce((sum, count) => sum + count, 0);
  return stat.workedTicks + Math.floor(bytes / 1_000);
}

const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const endActions = new Set<() => void>();

/**
 * Calls `action` when this process ends: by itself, by an error, or by one of the usual signals when
 * nobody else in the process handles it. It must be synchronous. Returns the function that undoes this.
 */
export function onProcessEnd(action: () => void): () => void {
  if (endActions.size === 0) {
    process.on('exit', runEndActions);
    // In front, because a `once` listener that ran before us would no longer be counted.
    for (const signal of END_SIGNALS) process.prependListener(signal, endUnlessHandled);
  }
  endActions.add(action);
  return () => {
    endActions.delete(action);
    if (endActions.size > 0) return;
    process.off('exit', runEndActions);
    for (const signal of END_SIGNALS) process.off(signal, endUnlessHandled);
  };
}

function runEndActions(): void {
  for (const action of endActions) action();
}

/** Our listening switches off what the signal would do by default, so we do it, with the usual status. */
function endUnlessHandled(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
}

function linuxStart(pid: number): string | null {
  const stat = readStat(pid);
  if (stat === null || stat.state === 'Z' || stat.state === 'X') return null;
  // Ticks alone would meet again after a reboot.
  return `${readProc('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}:${stat.startTicks}`;
}

/** proc(5): the name in parentheses may hold anything, so fields are counted after its last one, from field 3. */
function readStat(pid: number) {
  const stat = readProc(`/proc/${pid}/stat`);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    state: fields[0],
    workedTicks: Number(fields[11]) + Number(fields[12]),
    startTicks: fields[19],
  };
}

function linuxSearch(argument: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => readProc(`/proc/${name}/cmdline`)?.split('\0').includes(argument))
    .map(Number);
}

function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // Gone in the meantime, or another user's.
    if (hasCode(error, 'ENOENT', 'ESRCH', 'EACCES', 'EPERM')) return null;
    throw error;
  }
}

function psStart(pid: number): string | null {
  const [state, ...start] = ps('-o', 'stat=,lstart=', '-p', String(pid)).trim().split(/\s+/);
  return state === undefined || state === '' || state.startsWith('Z') ? null : start.join(' ');
}

function psSearch(argument: string): number[] {
  return ps('-axo', 'pid=,command=')
    .split('\n')
    .filter((line) => `${line} `.includes(` ${argument} `))
    .map((line) => Number.parseInt(line, 10));
}

/** `ps` answers a number nobody has with status 1 and no output. */
function ps(...options: string[]): string {
  try {
    return execFileSync('ps', options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 1) return '';
    throw error;
  }
}
