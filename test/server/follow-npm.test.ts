import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../service-for-tests.ts';
import { enginesOf } from '../service-process.ts';

const root = resolve(import.meta.dirname, '..', '..');
const DATA_DIR = temporaryFolder();
afterEach(() => rmSync(DATA_DIR, { recursive: true, force: true }));

/** Runs `npm start` until the service is ready; returns npm and the address of the service. */
async function npmStart() {
  const npm = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, DATA_DIR, PORT: '0', SAMPLE_CORPUS: 'off', LOG_LEVEL: 'warn' },
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  for (;;) {
    const address = /已就绪：(\S+)/u.exec(output)?.[1];
    if (address !== undefined) return { npm, address };
    if (npm.exitCode !== null) throw new Error(`npm start has ended:\n${output}`);
    await sleep(50);
  }
}

const isAnswered = (address: string) =>
  fetch(`${address}/healthz`).then(
    () => true,
    () => false,
  );

describe('npm start', () => {
  it.each(['SIGKILL', 'SIGTERM', 'SIGHUP'] as const)(
    'ends the service and its engine with npm: %s',
    async (signal) => {
      const { npm, address } = await npmStart();
      expect(await isAnswered(address)).toBe(true);
      npm.kill(signal);
      await once(npm, 'exit');
      while (await isAnswered(address)) await sleep(100);
      while (enginesOf(DATA_DIR).length > 0) await sleep(100);
    },
  );
});
