import type { DestinationStream, Logger } from 'pino';
import { pino } from 'pino';
import type { Environment } from '../../config/environment.ts';
import { createReadableLines } from './readable-log-line.ts';

const HIDDEN = '[已隐去]';
/** What credentials look like in a header, wherever a library may have put one. */
const CREDENTIALS = /\b(Bearer|Basic) [\w.~+/=-]+/g;

export interface LogTarget {
  readonly destination: DestinationStream;
  /** Whether people read it: one readable line each then, JSON otherwise. */
  readonly isTerminal: boolean;
}

/**
 * The log of a process, on standard error. No line holds a secret of the environment or a
 * credential of a request, whatever object it came with.
 */
export function createLog(
  environment: Pick<Environment, 'logLevel' | 'adminToken' | 'readToken' | 'meiliMasterKey'>,
  { destination, isTerminal }: LogTarget = {
    destination: pino.destination(2),
    isTerminal: process.stderr.isTTY,
  },
): Logger {
  const { logLevel, adminToken, readToken, meiliMasterKey } = environment;
  const secrets = [adminToken, readToken, meiliMasterKey]
    .filter((secret) => secret !== undefined)
    // As it stands in JSON and in an address.
    .flatMap((secret) => [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  const asWritten = isTerminal ? createReadableLines(logLevel) : (line: string) => line;
  return pino(
    {
      level: logLevel,
      hooks: {
        streamWrite: (line) =>
          asWritten(
            secrets
              .reduce((text, secret) => text.replaceAll(secret, HIDDEN), line)
              .replace(CREDENTIALS, `$1 ${HIDDEN}`),
          ),
      },
    },
    destination,
  );
}
