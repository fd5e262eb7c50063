import type { DestinationStream, Logger } from 'pino';
import { pino } from 'pino';
import type { Environment } from '../../config/environment.ts';

const HIDDEN = '[已隐去]';
/** What credentials look like in a header, wherever a library may have put one. */
const CREDENTIALS = /\b(Bearer|Basic) [\w.~+/=-]+/g;

/**
 * The log of a process, JSON lines on standard error. No line holds a secret of the environment or a
 * credential of a request, whatever object it came with.
 */
export function createLog(
  environment: Pick<Environment, 'logLevel' | 'adminToken' | 'readToken' | 'meiliMasterKey'>,
  destination: DestinationStream = pino.destination(2),
): Logger {
  const { logLevel, adminToken, readToken, meiliMasterKey } = environment;
  const secrets = [adminToken, readToken, meiliMasterKey]
    .filter((secret) => secret !== undefined)
    // As it stands in JSON and in an address.
    .flatMap((secret) => [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  return pino(
    {
      level: logLevel,
      hooks: {
        streamWrite: (line) =>
          secrets
            .reduce((text, secret) => text.replaceAll(secret, HIDDEN), line)
            .replace(CREDENTIALS, `$1 ${HIDDEN}`),
      },
    },
    destination,
  );
}
