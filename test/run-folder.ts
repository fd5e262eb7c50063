import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'TEST_RUN_FOLDER';

/** Before the first file of a run of vitest: one folder for all its workers, which inherit the variable. */
export function setup(): void {
  process.env[VARIABLE] ??= mkdtempSync(join(tmpdir(), 'park-news-run-'));
}

/** After the last. */
export function teardown(): void {
  const folder = runFolder();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

/** What the files of one run share; undefined outside vitest. */
export function runFolder(): string | undefined {
  return process.env[VARIABLE];
}
