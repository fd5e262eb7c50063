import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { findProcessesWithArgument, hasCode } from '../indexer/engine/process-identity.ts';

const manifest = z.object({ scripts: z.object({ start: z.string() }) });
const root = resolve(import.meta.dirname, '..');

/** Longer than a service of ours takes for what is under way. */
const ENDS_WITHIN_MS = 30_000;

export interface Started {
  readonly child: ChildProcess;
  /** Everything it has written so far. */
  readonly output: () => string;
}

export interface Processes {
  /** Runs one of our scripts in a process of its own, with these environment variables and no others. */
  readonly run: (
    script: string,
    args: readonly string[],
    variables: Readonly<Record<string, string>>,
  ) => Started;
  /** Starts the service as `npm start` does; returns its address once it says that it is ready. */
  readonly startService: (
    variables: Readonly<Record<string, string>>,
  ) => Promise<Started & { readonly address: string }>;
  /** Asks all that still run to stop, and waits until they have; who does not within a while is killed. */
  readonly end: () => Promise<void>;
}

/**
 * Starts processes of ours and remembers them, so that none is left behind; each by `launcher`, a command
 * that runs the one that follows it.
 */
export function trackProcesses(launcher: readonly string[] = []): Processes {
  const children = new Set<ChildProcess>();
  const runNode = (args: readonly string[], variables: Readonly<Record<string, string>>) => {
    const [program, ...rest] = [...launcher, process.execPath, ...args] as [string, ...string[]];
    const child = spawn(program, rest, {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        LOG_LEVEL: 'info',
        ...variables,
      },
    });
    children.add(child);
    child.once('exit', () => children.delete(child));
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return { child, output: () => output };
  };
  return {
    run: (script, args, variables) => runNode(['--import', 'tsx', script, ...args], variables),
    async startService(variables) {
      const started = runNode(startArguments(), { PORT: '0', ...variables });
      for (;;) {
        const address = /已就绪：(\S+)/u.exec(started.output())?.[1];
        if (address !== undefined) return { ...started, address };
        if (hasEnded(started.child))
          throw new Error(`the service did not start:\n${started.output()}`);
        await sleep(50);
      }
    },
    async end() {
      for (const child of children) {
        child.kill('SIGTERM');
        const late = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
        await exited(child);
        clearTimeout(late);
      }
    },
  };
}

/** What `npm start` gives to node. */
function startArguments(): string[] {
  const { scripts } = manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return scripts.start.split(' ').slice(1);
}

/** The exit status; null when a signal ended it. */
export function exited(child: ChildProcess): Promise<number | null> {
  if (hasEnded(child)) return Promise.resolve(child.exitCode);
  return new Promise((done) => child.once('exit', (code) => done(code)));
}

/** Process ids of engines whose database lies in the folder. */
export function enginesOf(dataDir: string): number[] {
  return findProcessesWithArgument(join(resolve(dataDir), 'engine', 'meili'))
    .map(({ pid }) => pid)
    .filter((pid) => program(pid).includes('meilisearch'));
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function program(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch (error) {
    // It ended between the listing and the reading.
    if (hasCode(error, 'ENOENT', 'ESRCH', 'EACCES')) return '';
    throw error;
  }
}
