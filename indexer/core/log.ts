import type { DestinationStream, Logger } from 'pino';
import { pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { z } from 'zod';
import type { Environment } from '../../config/environment.ts';

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

const errorSchema = z.object({ message: z.string(), stack: z.string().optional() });

const requestSchema = z.object({ id: z.string(), method: z.string(), url: z.string() });

const recordSchema = z.looseObject({
  msg: z.string().default(''),
  err: errorSchema.optional().catch(undefined),
  req: requestSchema.optional().catch(undefined),
  res: z.object({ statusCode: z.int() }).optional().catch(undefined),
  responseTime: z.number().optional(),
});

/** Said in every line, or by the line's beginning. */
const UNSAID = new Set(['level', 'time', 'pid', 'hostname']);

/** What would move the cursor, end the line or turn the direction of the text, for others write parts of it. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g;

/** Makes of a JSON line one that people read: `[14:03:07] INFO: what happened field=value`. */
function createReadableLines(logLevel: string): (line: string) => string {
  // A stack is for who looks for a fault in the program.
  const hasStacks = logLevel === 'debug' || logLevel === 'trace';
  return prettyFactory({
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname',
    hideObject: true,
    messageFormat: (record) => describe(record, hasStacks),
  });
}

function describe(record: object, hasStacks: boolean): string {
  const { msg, err, req, res, responseTime, ...others } = recordSchema.parse(record);
  const fields = Object.entries(others).filter(([name]) => !UNSAID.has(name));
  const parts = [
    msg,
    err?.message !== msg && err?.message,
    ...fields.map(([name, value]) => `${name}=${asText(value)}`),
    req && `${req.method} ${req.url}`,
    res && `→ ${res.statusCode}`,
    responseTime !== undefined && `${Math.round(responseTime)} ms`,
    req && `#${req.id}`,
  ];
  const line = parts
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ')
    .replace(CONTROLS, ' ');
  if (!hasStacks || err?.stack === undefined) return line;
  const stack = err.stack.split('\n').map((frame) => `    ${frame.replace(CONTROLS, ' ')}`);
  return [line, ...stack].join('\n');
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
