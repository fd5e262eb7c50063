/**
 * Runs as the engine does, on the address it is told, but with a proxy before the real one: what MEILI_BIN
 * points to in `npm run test:faults`. `ENGINE_PROGRAM` is the real one; the file that `PROXY_MODE_FILE`
 * names says what the proxy does (see engine-proxy.ts) and may change at any time.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findFreePort } from '../../indexer/engine/free-port.ts';
import { hasCode } from '../../indexer/engine/process-identity.ts';
import type { ProxyMode } from './engine-proxy.ts';
import { startEngineProxy } from './engine-proxy.ts';

const POLL_MS = 50;

const { ENGINE_PROGRAM: program = '', PROXY_MODE_FILE: modeFile = '' } = process.env;
const given = process.argv.slice(2);
const addressAt = given.indexOf('--http-addr') + 1;
if (addressAt === 0) {
  spawn(program, given, { stdio: 'inherit' }).once('exit', (code) => process.exit(code ?? 1));
} else {
  const publicPort = Number(given[addressAt]!.split(':')[1]);
  const port = await findFreePort();
  const engine = spawn(program, given.with(addressAt, `127.0.0.1:${port}`), { stdio: 'inherit' });
  engine.once('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => engine.kill(signal));
  const proxy = await startEngineProxy(`http://127.0.0.1:${port}`, publicPort);
  setInterval(() => proxy.setMode(readMode()), POLL_MS);
}

function readMode(): ProxyMode {
  try {
    return JSON.parse(readFileSync(modeFile, 'utf8')) as ProxyMode;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return { type: 'pass' };
    throw error;
  }
}
