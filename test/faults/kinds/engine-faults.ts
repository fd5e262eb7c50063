import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signalProcess } from '../../../indexer/engine/process-identity.ts';
import type { Random } from '../../bench/typesetting.ts';
import { enginesOf } from '../../service-process.ts';
import type { Fault } from '../fault.ts';

const PAGE_BYTES = 4_096;

export const killEngine: Fault = {
  name: 'kill engine',
  measured: 'healthz',
  run({ arena }) {
    kill(arena.dataDir);
    return Promise.resolve();
  },
};

export const cutConnection: Fault = {
  name: 'cut connection',
  measured: 'healthz',
  async run({ arena, random }) {
    arena.setProxy({ type: 'cut' });
    await sleep(500 + 3_000 * random());
  },
};

export const delayConnection: Fault = {
  name: 'delay connection',
  measured: 'healthz',
  async run({ arena, random }) {
    arena.setProxy({ type: 'late', by: 300 + 3_000 * random() });
    await sleep(1_000 + 4_000 * random());
  },
};

export const flipBytes: Fault = {
  name: 'flip bytes',
  measured: 'healthz',
  run({ arena, random }) {
    flip(arena.dataDir, random);
    if (random() < 0.5) kill(arena.dataDir);
    return Promise.resolve();
  },
};

function kill(dataDir: string): void {
  for (const pid of enginesOf(dataDir)) signalProcess(pid, 'SIGKILL');
}

/** Puts noise over a page or two of one of the engine's files, as a bad disk may. */
function flip(dataDir: string, random: Random): void {
  const database = join(dataDir, 'engine', 'meili');
  const files = readdirSync(database, { recursive: true, encoding: 'utf8' })
    .map((name) => join(database, name))
    .filter((path) => path.endsWith('data.mdb'));
  const path = files[Math.floor(random() * files.length)];
  if (path === undefined) return;
  const pages = Math.max(1, Math.floor(statSync(path).size / PAGE_BYTES));
  const file = openSync(path, 'r+');
  try {
    for (let count = 1 + Math.floor(random() * 3); count > 0; count -= 1)
      writeSync(
        file,
        randomBytes(PAGE_BYTES),
        0,
        PAGE_BYTES,
        Math.floor(random() * pages) * PAGE_BYTES,
      );
  } finally {
    closeSync(file);
  }
}
