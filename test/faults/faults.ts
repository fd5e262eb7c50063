import { closeSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode, signalProcess } from '../../indexer/engine/process-identity.ts';
import type { Random } from '../bench/typesetting.ts';
import type { Started } from '../service-process.ts';
import { enginesOf } from '../service-process.ts';
import type { Arena } from './arena.ts';

/** One fault, done while an indexer is at work; fulfilled when it is over. */
export type Fault = (arena: Arena, indexer: Started, random: Random) => Promise<void>;

const PAGE_BYTES = 4_096;

export const FAULTS: Readonly<Record<string, Fault>> = {
  async 'kill engine'({ dataDir }) {
    for (const pid of enginesOf(dataDir)) signalProcess(pid, 'SIGKILL');
    await Promise.resolve();
  },
  'kill server': (arena) => arena.killServer(),
  async 'kill indexer'(_arena, { child }) {
    child.kill('SIGKILL');
    await Promise.resolve();
  },
  async 'cut connection'(arena, _indexer, random) {
    arena.setProxy({ type: 'cut' });
    await sleep(500 + 3_000 * random());
  },
  async 'delay connection'(arena, _indexer, random) {
    arena.setProxy({ type: 'late', by: 300 + 3_000 * random() });
    await sleep(1_000 + 4_000 * random());
  },
  async 'fill disk'(arena, _indexer, random) {
    const ballast = join(arena.dataDir, 'ballast');
    fill(ballast);
    await sleep(1_000 + 4_000 * random());
    rmSync(ballast, { force: true });
  },
  async 'flip bytes'(arena, _indexer, random) {
    flip(arena.dataDir, random);
    if (random() < 0.5) for (const pid of enginesOf(arena.dataDir)) signalProcess(pid, 'SIGKILL');
    await Promise.resolve();
  },
  // The second one is started by the round.
  'two indexers': () => Promise.resolve(),
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
