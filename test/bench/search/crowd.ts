import { setMaxListeners } from 'node:events';
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What many clients got that asked as fast as they were answered. */
export interface CrowdFigures {
  readonly answers: number;
  /** Refusals that say when to come back: 503 or 429 with Retry-After. */
  readonly away: number;
  /** Everything else: there must be none. */
  readonly errors: number;
  /** The first of them. */
  readonly error: string;
  /** Answers of the client that got fewest, and of the one that got most. */
  readonly fewest: number;
  readonly most: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  /** Milliseconds of the first search after all have hung up. */
  readonly nextSearch: number;
  readonly memoryMb: number;
}

interface Outcome {
  readonly type: 'answered' | 'away' | 'failed';
  readonly ms: number;
  /** Seconds after which to come back. */
  readonly retryAfter: number;
  readonly what: string;
}

const LOOK_EVERY_MS = 250;
/** Nobody waits longer in a run of a minute. */
const LONGEST_PAUSE_S = 5;
const PATIENCE_MS = 60_000;
const HOSTS_A_NET = 250;

/**
 * Has so many clients, each from an address of its own of this machine, ask what `nextPath` gives for so many
 * seconds. Who is turned away comes back when it is told to. Those still waiting at the end hang up.
 */
export async function measureCrowd(
  address: string,
  clients: number,
  seconds: number,
  nextPath: () => string,
  memoryMb: () => number,
): Promise<CrowdFigures> {
  const over = AbortSignal.timeout(seconds * 1_000);
  // Each client listens, with its request and in its pause.
  setMaxListeners(2 * clients, over);
  const counts = Array.from({ length: clients }, () => 0);
  const times: number[] = [];
  let [away, errors, error, highest] = [0, 0, '', memoryMb()];
  const looking = setInterval(() => (highest = Math.max(highest, memoryMb())), LOOK_EVERY_MS);

  async function askOnAndOn(client: number): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress: addressOf(client) });
    for (;;) {
      const { type, ms, retryAfter, what } = await ask(address + nextPath(), agent, over);
      if (over.aborted) break;
      if (type === 'answered') {
        counts[client]! += 1;
        times.push(ms);
      } else if (type === 'away') {
        away += 1;
        await pause(Math.min(retryAfter, LONGEST_PAUSE_S) * 1_000, over);
      } else {
        errors += 1;
        if (error === '') error = what;
      }
    }
    agent.destroy();
  }

  await Promise.all(counts.map((_, client) => askOnAndOn(client)));
  const next = await ask(address + nextPath(), new Agent(), AbortSignal.timeout(PATIENCE_MS));
  clearInterval(looking);
  if (next.type !== 'answered') {
    errors += 1;
    error = `之后的检索：${next.what}`;
  }
  const sorted = Float64Array.from(times).sort();
  return {
    answers: times.length,
    ...{ away, errors, error },
    fewest: Math.min(...counts),
    most: Math.max(...counts),
    p50: sorted[Math.floor(sorted.length * 0.5)] ?? NaN,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? NaN,
    longest: sorted.at(-1) ?? NaN,
    nextSearch: next.ms,
    memoryMb: highest,
  };
}

function ask(url: string, agent: Agent, signal: AbortSignal): Promise<Outcome> {
  const from = performance.now();
  return new Promise((resolve) => {
    const end = (type: Outcome['type'], what: string, retryAfter = 0) =>
      resolve({ type, ms: performance.now() - from, retryAfter, what });
    const request = get(url, { agent, signal }, (response) => {
      const { statusCode: status = 0, headers } = response;
      const retryAfter = Number(headers['retry-after'] ?? NaN);
      response.resume();
      response.once('error', (error) => end('failed', String(error)));
      response.once('end', () => {
        if (status === 200) end('answered', '');
        else if ([429, 503].includes(status) && !Number.isNaN(retryAfter))
          end('away', String(status), retryAfter);
        else end('failed', `状态 ${status}`);
      });
    });
    request.once('error', (error) => end('failed', String(error)));
  });
}

async function pause(ms: number, over: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: over });
  } catch (error) {
    if (!over.aborted) throw error;
  }
}

function addressOf(client: number): string {
  return `127.0.${2 + Math.floor(client / HOSTS_A_NET)}.${1 + (client % HOSTS_A_NET)}`;
}
