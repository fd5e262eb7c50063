import { nanoid } from 'nanoid';
import type { Store } from '../../indexer/store/database.ts';
import type { WebhookResponse } from '../api/saved-search-schema.ts';

export interface Webhook {
  readonly searchId: string;
  readonly url: string;
  /** Articles that arrived up to this number are delivered, or stand in a delivery. */
  readonly told: number;
}

export interface Delivery {
  readonly id: string;
  readonly searchId: string;
  /** JSON; the same at every attempt. */
  readonly body: string;
  readonly attempts: number;
}

const DELIVERY = 'id, search_id AS searchId, body, attempts';

/** Sets or changes where new articles of a search are sent; what was given up is tried again. */
export function setWebhook(store: Store, searchId: string, url: string, told: number): void {
  store
    .transaction(() => {
      store
        .prepare(
          `INSERT INTO webhooks (search_id, url, told) VALUES (?, ?, ?)
           ON CONFLICT DO UPDATE SET url = excluded.url, problem = NULL`,
        )
        .run(searchId, url, told);
      store
        .prepare('UPDATE webhook_deliveries SET given_up = 0, attempts = 0 WHERE search_id = ?')
        .run(searchId);
    })
    .immediate();
}

export function removeWebhook(store: Store, searchId: string): void {
  store.prepare('DELETE FROM webhooks WHERE search_id = ?').run(searchId);
}

export function countWebhooks(store: Store): number {
  return store.prepare<[], { n: number }>('SELECT count(*) AS n FROM webhooks').get()!.n;
}

/** The webhook of a saved search as its owner sees it, or null. */
export function describeWebhook(store: Store, searchId: string): WebhookResponse | null {
  return (
    store
      .prepare<[string], WebhookResponse>(
        `SELECT url, delivered_at AS deliveredAt, problem,
           (SELECT CASE min(given_up) WHEN 0 THEN 'waiting' WHEN 1 THEN 'given-up' ELSE 'idle' END
            FROM webhook_deliveries WHERE webhook_deliveries.search_id = webhooks.search_id) AS state
         FROM webhooks WHERE search_id = ?`,
      )
      .get(searchId) ?? null
  );
}

/** The webhooks of searches that are not deleted. */
export function activeWebhooks(store: Store): Webhook[] {
  return store
    .prepare<[], Webhook>(
      `SELECT search_id AS searchId, url, told FROM webhooks
       JOIN saved_searches ON saved_searches.id = search_id
       WHERE deleted_at IS NULL ORDER BY search_id`,
    )
    .all();
}

/** The delivery that waits for the receiver, or null. */
export function waitingDelivery(store: Store, searchId: string): Delivery | null {
  return (
    store
      .prepare<[string], Delivery>(
        `SELECT ${DELIVERY} FROM webhook_deliveries
         WHERE search_id = ? AND given_up = 0 ORDER BY created_at, id LIMIT 1`,
      )
      .get(searchId) ?? null
  );
}

/**
 * Notes in one step that articles up to `told` are being delivered and what is to be sent; null body:
 * nothing is. A process that dies before or after has lost nothing and repeats nothing.
 */
export function recordTold(
  store: Store,
  { searchId }: Webhook,
  told: number,
  bodyOf: ((deliveryId: string) => string) | null,
): void {
  store
    .transaction(() => {
      store
        .prepare(
          `UPDATE webhooks SET told = max(told, ?), problem = CASE WHEN EXISTS
             (SELECT 1 FROM webhook_deliveries WHERE search_id = webhooks.search_id)
             THEN problem ELSE NULL END WHERE search_id = ?`,
        )
        .run(told, searchId);
      if (bodyOf === null) return;
      const id = nanoid(16);
      store
        .prepare(
          `INSERT INTO webhook_deliveries (id, search_id, body, created_at)
           SELECT ?, search_id, ?, ? FROM webhooks WHERE search_id = ?`,
        )
        .run(id, bodyOf(id), new Date().toISOString(), searchId);
    })
    .immediate();
}

/** Notes for the owner why nothing new can be looked for. */
export function recordUnsearchable(store: Store, searchId: string, problem: string): void {
  store.prepare('UPDATE webhooks SET problem = ? WHERE search_id = ?').run(problem, searchId);
}

export function recordAttempt(store: Store, { id, searchId }: Delivery, problem: string): void {
  store
    .transaction(() => {
      store.prepare('UPDATE webhook_deliveries SET attempts = attempts + 1 WHERE id = ?').run(id);
      store.prepare('UPDATE webhooks SET problem = ? WHERE search_id = ?').run(problem, searchId);
    })
    .immediate();
}

export function recordGivenUp(store: Store, { id }: Delivery): void {
  store.prepare('UPDATE webhook_deliveries SET given_up = 1 WHERE id = ?').run(id);
}

export function recordDelivered(store: Store, { id, searchId }: Delivery): void {
  store
    .transaction(() => {
      store.prepare('DELETE FROM webhook_deliveries WHERE id = ?').run(id);
      store
        .prepare('UPDATE webhooks SET delivered_at = ?, problem = NULL WHERE search_id = ?')
        .run(new Date().toISOString(), searchId);
    })
    .immediate();
}
