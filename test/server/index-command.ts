import { expect } from 'vitest';
import { parseEnvironment } from '../../config/environment.ts';
import { runIndex } from '../../indexer/commands/index-command.ts';
import { runRebuild } from '../../indexer/commands/index-upkeep-commands.ts';

/** What `npm run index` does with one file, beside a running service or without one. */
export async function runIndexCommand(dataDir: string, file: string): Promise<void> {
  expect(await runIndex([file], {}, environmentOf(dataDir))).toBe(0);
}

/** What `npm run rebuild` does. */
export async function runRebuildCommand(dataDir: string): Promise<void> {
  expect(await runRebuild(environmentOf(dataDir))).toBe(0);
}

function environmentOf(dataDir: string) {
  const { MEILI_BIN } = process.env;
  return parseEnvironment({ DATA_DIR: dataDir, MEILI_BIN });
}
