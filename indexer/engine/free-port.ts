import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { hasCode } from './process-identity.ts';

/**
 * Below the range from which Linux takes ports for outgoing connections (32768 up), so that nobody gets
 * the engine's port by chance while it restarts.
 */
const FIRST = 20_000;
const LAST = 32_000;
const ATTEMPTS = 50;

/** A port on loopback that nobody listens on at this moment. */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(FIRST, LAST);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port between ${FIRST} and ${LAST} in ${ATTEMPTS} attempts`);
}

/** Whether we could listen on this port of 127.0.0.1 now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (hasCode(error, 'EADDRINUSE', 'EACCES')) resolve(false);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}
