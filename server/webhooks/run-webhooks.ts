import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { withJointSignal } from '../../indexer/joint-signal.ts';
import { waitForLock } from '../../indexer/store/process-lock.ts';
import type { UnderstandingDependencies } from '../search/understand-query.ts';
import { createCollector } from './collect-news.ts';
import { createDeliverer } from './deliver.ts';
import type { Webhook } from './webhook-store.ts';
import { activeWebhooks, waitingDelivery } from './webhook-store.ts';

const EVERY_MS = 1_000;

export interface WebhookOptions extends UnderstandingDependencies {
  readonly dataDir: string;
  readonly log: Logger;
  /** The site's own address, for the links in what is sent. */
  readonly address: string;
  /** Whether receivers inside the network, or on this machine, are called too. */
  readonly allowPrivate: boolean;
}

/** One receiver being served. */
interface Service {
  readonly url: string;
  readonly changed: AbortController;
  readonly done: Promise<void>;
}

/**
 * Tells the receivers of saved searches about new articles until the signal. Of the processes on one
 * DATA_DIR only one does. Each receiver is served on its own, so that a dead one delays no other.
 */
export async function runWebhooks(options: WebhookOptions, signal: AbortSignal): Promise<void> {
  const { store, dataDir, log } = options;
  const collect = createCollector(options);
  const deliver = createDeliverer(options);
  const busy = new Map<string, Service>();

  async function serve(webhook: Webhook, ending: AbortSignal): Promise<void> {
    if (waitingDelivery(store, webhook.searchId) === null) await collect(webhook, ending);
    const delivery = waitingDelivery(store, webhook.searchId);
    if (delivery !== null) await deliver(webhook, delivery, ending);
  }

  function start(webhook: Webhook): void {
    const changed = new AbortController();
    const done = withJointSignal([signal, changed.signal], async (ending) => {
      try {
        await serve(webhook, ending);
      } catch (error) {
        if (!ending.aborted) log.warn({ err: error }, '推送没有完成，稍后再试');
      }
    }).finally(() => busy.delete(webhook.searchId));
    busy.set(webhook.searchId, { url: webhook.url, changed, done });
  }

  /** A service that waits to try again must hear that its webhook is gone or leads elsewhere. */
  function endOutdated(active: readonly Webhook[]): void {
    const urls = new Map(active.map(({ searchId, url }) => [searchId, url]));
    for (const [searchId, { url, changed }] of busy)
      if (urls.get(searchId) !== url) changed.abort();
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
