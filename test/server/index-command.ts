import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** `npm run index` on one file, beside a running service or without one. */
export async function runIndexCommand(dataDir: string, file: string): Promise<void> {
  await runCommand(dataDir, 'index', file);
}

/** `npm run rebuild`. */
export async function runRebuildCommand(dataDir: string): Promise<void> {
  await runCommand(dataDir, 'rebuild');
}

async function runCommand(dataDir: string, ...args: readonly string[]): Promise<void> {
  const command = spawn(process.execPath, ['--import', 'tsx', 'indexer/cli.ts', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataDir },
    stdio: 'ignore',
  });
  const [code] = (await once(command, 'exit')) as [number];
  expect(code).toBe(0);
}
