import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { withCombinedSignal } from '../../indexer/core/combined-signal.ts';
import { waitForLock } from '../../indexer/core/process-lock.ts';
import { writeStore } from '../../indexer/store/write-store.ts';
import { QueryTooBroadError } from '../search/clause.ts';
import type { SearchDependencies } from '../search/engine-search.ts';
import { IN_BACKGROUND, withVerificationBudget } from '../search/verification-budget.ts';
import { createCollector } from './collect-news.ts';
import { createDeliverer } from './deliver.ts';
import type { Webhook } from './webhook-store.ts';
import { activeWebhooks, recordUnsearchable, waitingDelivery } from './webhook-store.ts';

const EVERY_MS = 1_000;
/** A search that takes long is asked so seldom that it takes no more than a fiftieth of a core. */
const REST_FOR_WORK = 50;
/** One that takes too long may be shorter, or the store smaller, by then. */
const TOO_BROAD_REST_MS = 600_000;
/** The engine may be away, or the index being built. */
const FAILED_REST_MS = 10_000;

export interface WebhookOptions extends SearchDependencies {
  readonly dataDir: string;
  readonly log: Logger;
  /** The site's own address, for the links in what is sent. */
  readonly address: string;
  /** Articles whose text one search may look into. */
  readonly phraseTexts: number;
  /** Whether receivers inside the network, or on this machine, are called too. */
  readonly allowPrivate: boolean;
}

/** One receiver being served. */
interface Service {
  readonly webhook: Webhook;
  readonly changed: AbortController;
  readonly done: Promise<void>;
}

/**
 * Tells the receivers of saved searches about new articles until the signal. Of the processes on one
 * DATA_DIR only one does. Each receiver is served on its own, so that a dead one delays no other.
 */
export async function runWebhooks(options: WebhookOptions, signal: AbortSignal): Promise<void> {
  const { store, dataDir, log, phraseTexts } = options;
  const collect = createCollector(options);
  const deliver = createDeliverer(options);
  const busy = new Map<string, Service>();

  async function serve(webhook: Webhook, ending: AbortSignal): Promise<void> {
    const isTold = waitingDelivery(store, webhook.searchId) !== null;
    const rest = isTold ? 0 : await collectWithin(webhook, ending);
    const delivery = waitingDelivery(store, webhook.searchId);
    if (delivery !== null) await deliver(webhook, delivery, ending);
    if (rest > 0) await sleep(rest, undefined, { signal: ending });
  }

  /** Milliseconds for which the search is not to be asked again. */
  function collectWithin(webhook: Webhook, ending: AbortSignal): Promise<number> {
    return withVerificationBudget({ ...IN_BACKGROUND, texts: phraseTexts }, async (budget) => {
      try {
        await collect(webhook, ending);
        return REST_FOR_WORK * budget.work;
      } catch (error) {
        ending.throwIfAborted();
        if (!(error instanceof QueryTooBroadError)) {
          log.warn({ err: error }, '推送的检索没有完成，稍后再试');
          return FAILED_REST_MS;
        }
        const { message } = error;
        await writeStore(store, () => recordUnsearchable(store, webhook.searchId, message));
        return TOO_BROAD_REST_MS;
      }
    });
  }

  function start(webhook: Webhook): void {
    const changed = new AbortController();
    const done = withCombinedSignal([signal, changed.signal], async (ending) => {
      try {
        await serve(webhook, ending);
      } catch (error) {
        if (!ending.aborted) log.warn({ err: error }, '推送没有完成，稍后再试');
      }
    }).finally(() => busy.delete(webhook.searchId));
    busy.set(webhook.searchId, { webhook, changed, done });
  }

  /** A service that waits to try again must hear that its webhook is gone, is another or leads elsewhere. */
  function endOutdated(active: readonly Webhook[]): void {
    const now = new Map(active.map((webhook) => [webhook.searchId, webhook]));
    for (const [searchId, { webhook, changed }] of busy) {
      const current = now.get(searchId);
      if (current?.url !== webhook.url || !current.secret.equals(webhook.secret)) changed.abort();
    }
  }

  try {
    const lock = await waitForLock(dataDir, 'webhooks', () => undefined, signal);
    try {
      for (;;) {
        const active = activeWebhooks(store);
        endOutdated(active);
        for (const webhook of active) if (!busy.has(webhook.searchId)) start(webhook);
        await sleep(EVERY_MS, undefined, { signal });
      }
    } finally {
      await Promise.all([...busy.values()].map(({ done }) => done));
      lock.release();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
