import { setTimeout as sleep } from 'node:timers/promises';
import { isHealthy } from './engine-health.ts';

const LOOK_AGAIN_AFTER_MS = 500;
const ANSWER_LIMIT_MS = 1_000;

/**
 * Which engines are known not to answer. A search leaves them out, so that one that hangs costs nobody a
 * wait: the engine that asks it would give it five seconds. One that is down is looked at until it
 * answers again.
 */
export class NodeHealth {
  readonly #down = new Set<string>();
  readonly #signal: AbortSignal | undefined;

  /** Nothing is looked at any more after the signal. */
  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  isDown(url: string): boolean {
    return this.#down.has(url);
  }

  /** Which of these do not answer. */
  async findUnresponsive(urls: readonly string[]): Promise<string[]> {
    const answers = await Promise.all(urls.map((url) => isHealthy(url, ANSWER_LIMIT_MS)));
    return urls.filter((_, at) => answers[at] === false);
  }

  /** Leaves an engine out until it answers. */
  suspect(url: string): void {
    if (this.#down.has(url)) return;
    this.#down.add(url);
    void this.#waitFor(url);
  }

  async #waitFor(url: string): Promise<void> {
    while (this.#signal?.aborted !== true && !(await isHealthy(url, ANSWER_LIMIT_MS)))
      await sleep(LOOK_AGAIN_AFTER_MS, undefined, { ref: false });
    this.#down.delete(url);
  }
}
