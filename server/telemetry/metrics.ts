import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { activeIndex, activeIndexMadeAt } from '../../indexer/push/index-registry.ts';
import { countArticles } from '../../indexer/store/articles.ts';
import { countChangesAfter } from '../../indexer/store/changes.ts';
import type { Store } from '../../indexer/store/database.ts';
import { countFindings } from '../../indexer/store/findings.ts';
import { rebuilding, type ServiceState } from './service-state.ts';
import type { EngineQueue } from './engine-queue.ts';
import type { RequestTrace } from '../http/request-trace.ts';
import { stageTimes } from '../http/request-trace.ts';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What is known of an answered request. */
export interface AnsweredRequest {
  readonly trace: RequestTrace;
  /** From a closed list, so that no client can make up series. */
  readonly area: string;
  readonly status: number;
  readonly tookMs: number;
  readonly isSlow: boolean;
  /** The code of the error that was answered, if one was. */
  readonly errorCode: string | undefined;
}

/** Counts of this process since its start, and the state of store and index when asked. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics(
  store: Store,
  engineQueue: EngineQueue,
  state: Readonly<ServiceState>,
) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const requests = new Histogram({
    name: 'park_news_request_duration_seconds',
    help: 'Time to answer a request.',
    labelNames: ['area', 'status'] as const,
    buckets: SECONDS,
    registers,
  });
  const stages = new Histogram({
    name: 'park_news_stage_duration_seconds',
    help: 'Time that a request spends in one stage of a search.',
    labelNames: ['stage'] as const,
    buckets: SECONDS,
    registers,
  });
  const cache = new Counter({
    name: 'park_news_answer_cache_total',
    help: 'What was at hand already (hit) or had to be found (miss): answers, ranked hits, phrases.',
    labelNames: ['cache', 'result'] as const,
    registers,
  });
  const refused = new Counter({
    name: 'park_news_errors_total',
    help: 'Requests answered with an error, by its code.',
    labelNames: ['code'] as const,
    registers,
  });
  const slow = new Counter({
    name: 'park_news_slow_queries_total',
    help: 'Requests that took longer than SLOW_QUERY_MS.',
    registers,
  });
  const audits = new Counter({
    name: 'park_news_index_audits_total',
    help: 'Samples of the index that were compared with the store, by what they showed.',
    labelNames: ['result'] as const,
    registers,
  });
  gauge('park_news_index_rebuilding', 'Whether a new index is being made: 1 or 0.', () =>
    rebuilding(store, state) === null ? 0 : 1,
  );
  gauge('park_news_word_lists_faulty', 'Whether edited word lists are not taken up: 1 or 0.', () =>
    state.wordListProblem === null ? 0 : 1,
  );
  gauge('park_news_articles', 'Articles in the store.', () => countArticles(store));
  gauge('park_news_index_waiting_changes', 'Changes that the index has not followed yet.', () =>
    countChangesAfter(store, activeIndex(store)?.appliedSeq ?? 0),
  );
  gauge('park_news_index_age_seconds', 'Time since the index was begun; NaN without one.', () => {
    const madeAt = activeIndexMadeAt(store);
    return madeAt === null ? NaN : (Date.now() - madeAt.getTime()) / 1000;
  });
  gauge(
    'park_news_engine_queue_tasks',
    'Tasks the engine has yet to do; NaN when unknown.',
    () => engineQueue() ?? NaN,
  );
  gauge(
    'park_news_inputs_rejected',
    'Inputs that could not be taken in.',
    () => countFindings(store).rejected,
  );
  gauge(
    'park_news_inputs_doubtful',
    'Inputs taken in with a doubt.',
    () => countFindings(store).doubtful,
  );

  function gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }

  return {
    contentType: registry.contentType,
    /** In the Prometheus text format. */
    text: () => registry.metrics(),
    engineQueue,
    requests,
    stages,
    cache,
    refused,
    slow,
    audits,
    count({ trace, area, status, tookMs, isSlow, errorCode }: AnsweredRequest): void {
      requests.observe({ area, status }, tookMs / 1000);
      for (const [stage, ms] of stageTimes(trace)) stages.observe({ stage }, ms / 1000);
      for (const use of trace.cacheUses)
        cache.inc({ cache: use.cache, result: use.isHit ? 'hit' : 'miss' });
      if (errorCode !== undefined) refused.inc({ code: errorCode });
      if (isSlow) slow.inc();
    },
  };
}
