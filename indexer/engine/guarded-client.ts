import {
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhen,
  type IPolicy,
  isBrokenCircuitError,
} from 'cockatiel';
import type {
  Config,
  ExtraRequestInit,
  FederatedMultiSearchParams,
  MultiSearchParams,
  MultiSearchResponseOrSearchResponse,
} from 'meilisearch';
import { Meilisearch, MeilisearchApiError } from 'meilisearch';
import { withCombinedSignal } from '../core/combined-signal.ts';
import { EngineError, isEngineError } from './engine-error.ts';

/** Searches that fail in a row before the next ones are refused without asking the engine. */
const FAILURES_BEFORE_BREAK = 5;
/** Milliseconds after which one search may try again. */
const TRY_AGAIN_AFTER = 500;

/** What a search needs of an engine's client. */
export type SearchClient = Pick<Meilisearch, 'multiSearch' | 'isHealthy'>;

/**
 * A client whose searches fail fast: one that the engine has not answered within `limit` milliseconds is
 * given up, and after several failures the next ones are refused at once until a
 * single one gets through, so that a dead or hanging engine costs nobody a wait. What the caller
 * gave up itself, and what the engine refused, says nothing against the engine.
 */
export class GuardedClient extends Meilisearch {
  readonly #breaker: IPolicy = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: TRY_AGAIN_AFTER,
    breaker: new ConsecutiveBreaker(FAILURES_BEFORE_BREAK),
  });

  readonly #limit: number;

  constructor(config: Config, limit: number) {
    super({ ...config, timeout: limit });
    this.#limit = limit;
  }

  /**
   * @throws EngineError `unreachable` when the engine is known to be down, `bad-answer` when it answers
   * something that is not even JSON; otherwise the client's own errors.
   */
  override async multiSearch<
    Params extends MultiSearchParams | FederatedMultiSearchParams,
    Hit extends Record<string, unknown> = Record<string, unknown>,
  >(
    queries: Params,
    init: ExtraRequestInit = {},
  ): Promise<MultiSearchResponseOrSearchResponse<Params, Hit>> {
    // The client's own `timeout` does nothing for a request that has a signal (0.62).
    const ask = () =>
      withCombinedSignal(
        [init.signal ?? undefined],
        (signal) => super.multiSearch<Params, Hit>(queries, { ...init, signal }),
        this.#limit,
      ).catch((error: unknown) => {
        init.signal?.throwIfAborted();
        if (!(error instanceof SyntaxError)) throw error;
        throw new EngineError('bad-answer', '检索引擎的回答不是 JSON。', { cause: error });
      });
    try {
      return await this.#breaker.execute(ask);
    } catch (error) {
      if (!isBrokenCircuitError(error)) throw error;
      throw new EngineError('unreachable', '检索引擎没有应答，正在等它恢复。', { cause: error });
    }
  }
}

/** Whether this error of a search means that the engine is down, slow, overloaded or not itself. */
function isOutage(error: Error): boolean {
  return error instanceof MeilisearchApiError ? error.response.status >= 500 : isEngineError(error);
}
