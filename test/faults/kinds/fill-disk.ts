import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../../../indexer/engine/process-identity.ts';
import type { Fault } from '../fault.ts';

export const fillDisk: Fault = {
  name: 'fill disk',
  measured: 'healthz',
  needsOwnDisk: true,
  async run({ arena, random }) {
    const ballast = join(arena.dataDir, 'ballast');
    fill(ballast);
    await sleep(1_000 + 4_000 * random());
    rmSync(ballast, { force: true });
  },
};

/** Writes until nothing more fits. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let size = 1 << 22; size >= 512;) {
      try {
        writeSync(file, Buffer.alloc(size));
      } catch (error) {
        if (!hasCode(error, 'ENOSPC')) throw error;
        size >>= 1;
      }
    }
  } finally {
    closeSync(file);
  }
}
