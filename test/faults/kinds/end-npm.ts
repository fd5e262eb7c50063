import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode, signalProcess } from '../../../indexer/engine/process-identity.ts';
import { pick } from '../../fuzz/attacks/attack.ts';
import { temporaryFolder } from '../../service-for-tests.ts';
import type { Fault } from '../fault.ts';

const READY_WITHIN_MS = 60_000;
const GONE_WITHIN_MS = 20_000;

/** Ends `npm start`, as a supervisor or a closed terminal does: the service and its engine end too. */
export const endNpm: Fault = {
  name: 'end npm',
  measured: 'all',
  async run({ random, lose }) {
    const DATA_DIR = temporaryFolder();
    const signal = pick(['SIGTERM', 'SIGINT', 'SIGHUP'] as const, random);
    const npm = spawn('npm', ['start'], {
      // A process group of its own, as a terminal gives it.
      detached: true,
      cwd: join(import.meta.dirname, '../../..'),
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        DATA_DIR,
        PORT: '0',
        SAMPLE_CORPUS: 'off',
      },
    });
    let output = '';
    for (const stream of [npm.stdout, npm.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    if (!(await until(() => output.includes('已就绪'), READY_WITHIN_MS)))
      lose(`npm start 没有就绪：${output.slice(-500)}`);
    // Ctrl+C goes to the whole group, and npm leaves it to what it has started.
    process.kill(signal === 'SIGINT' ? -npm.pid! : npm.pid!, signal);
    if (!(await until(() => processesIn(DATA_DIR).length === 0, GONE_WITHIN_MS)))
      lose(`npm 收到 ${signal} 以后，服务过了 ${GONE_WITHIN_MS / 1_000} 秒还在`);
    for (const pid of processesIn(DATA_DIR)) signalProcess(pid, 'SIGKILL');
    rmSync(DATA_DIR, { recursive: true, force: true });
  },
};

async function until(holds: () => boolean, withinMs: number): Promise<boolean> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(100))
    if (holds()) return true;
  return false;
}

/** Who was started with this DATA_DIR, or by one who was. */
function processesIn(dataDir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(`DATA_DIR=${dataDir}`))
    .map(Number);
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch (error) {
    // Gone in the meantime, or another user's.
    if (hasCode(error, 'ENOENT', 'ESRCH', 'EACCES', 'EPERM')) return [];
    throw error;
  }
}
