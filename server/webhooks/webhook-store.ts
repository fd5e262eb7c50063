import { randomBytes } from 'node:crypto';
import { nanoid } from 'nanoid';
import type { Store } from '../../indexer/store/database.ts';
import type { WebhookResponse } from '../api/saved-search-schema.ts';
import { QuotaError } from '../saved-searches/quota.ts';

/** Each is asked for news every second. */
export const MAX_WEBHOOKS = 500;
export const MAX_WEBHOOKS_BY_CLIENT = 20;

/** So many deliveries given up, none taken between them, and nothing more is sent until the owner says so. */
const PAUSED_AFTER = 3;

export interface Webhook {
  readonly searchId: string;
  readonly url: string;
  readonly secret: Buffer;
  /** Articles that arrived up to this number are delivered, given up, or stand in a delivery. */
  readonly told: number;
}

export interface Delivery {
  readonly id: string;
  readonly searchId: string;
  /** JSON; the same at every attempt. */
  readonly body: string;
  readonly attempts: number;
}

/** A webhook as its owner and the administrator see it. */
export interface WebhookState extends WebhookResponse {
  readonly searchId: string;
  /** The saved search's. */
  readonly name: string;
}

const GIVEN_UP = `(SELECT count(*) FROM webhook_deliveries
  WHERE webhook_deliveries.search_id = webhooks.search_id AND given_up = 1)`;
const WAITS = `EXISTS (SELECT 1 FROM webhook_deliveries
  WHERE webhook_deliveries.search_id = webhooks.search_id AND given_up = 0)`;
const OF_SEARCHES = `FROM webhooks JOIN saved_searches ON saved_searches.id = search_id
  WHERE deleted_at IS NULL`;
const STATE = `SELECT search_id AS searchId, name, url, delivered_at AS deliveredAt,
    failed_at AS failedAt, problem, ${GIVEN_UP} AS givenUp,
    CASE WHEN ${GIVEN_UP} >= ${PAUSED_AFTER} THEN 'paused' WHEN ${WAITS} THEN 'waiting'
      WHEN ${GIVEN_UP} > 0 THEN 'given-up' ELSE 'idle' END AS state
  ${OF_SEARCHES}`;

/**
 * Sets or changes where new articles of a search are sent. A paused one goes on with what came in since; what
 * was given up has ended and is not sent again.
 * @param client whose quota a new one counts to; null: nobody's
 * @returns the secret of a new one, null when there was one
 * @throws QuotaError
 */
export function setWebhook(
  store: Store,
  { searchId, url, told }: Omit<Webhook, 'secret'>,
  client: string | null,
): Buffer | null {
  return store
    .transaction(() => {
      const { changes } = store
        .prepare('UPDATE webhooks SET url = ?, problem = NULL WHERE search_id = ?')
        .run(url, searchId);
      if (changes > 0) {
        store
          .prepare('DELETE FROM webhook_deliveries WHERE search_id = ? AND given_up = 1')
          .run(searchId);
        return null;
      }
      if (client !== null) requireFree(store, client);
      const secret = randomBytes(32);
      store
        .prepare(
          `INSERT INTO webhooks (search_id, url, told, secret, client)
           SELECT id, ?, ?, ?, ? FROM saved_searches WHERE id = ? AND deleted_at IS NULL`,
        )
        .run(url, told, secret, client, searchId);
      return secret;
    })
    .immediate();
}

function requireFree(store: Store, client: string): void {
  const { all, own } = store
    .prepare<[string], { all: number; own: number | null }>(
      'SELECT count(*) AS "all", sum(client = ?) AS own FROM webhooks',
    )
    .get(client)!;
  if ((own ?? 0) >= MAX_WEBHOOKS_BY_CLIENT)
    throw new QuotaError(
      'too-many-webhooks',
      `同一网络地址最多设 ${MAX_WEBHOOKS_BY_CLIENT} 个推送，现在已满：请先移除不用的`,
    );
  if (all >= MAX_WEBHOOKS)
    throw new QuotaError(
      'too-many-webhooks',
      `推送最多 ${MAX_WEBHOOKS} 个，现在已满：请管理员移除不用的`,
    );
}

/** Ends a webhook with all that waits to be sent; false when there is none. */
export function removeWebhook(store: Store, searchId: string): boolean {
  return store.prepare('DELETE FROM webhooks WHERE search_id = ?').run(searchId).changes > 0;
}

/** The webhook of a saved search, or null. */
export function describeWebhook(store: Store, searchId: string): WebhookState | null {
  return store.prepare<[string], WebhookState>(`${STATE} AND search_id = ?`).get(searchId) ?? null;
}

/** All webhooks, by the names of their searches. */
export function listWebhooks(store: Store): WebhookState[] {
  return store.prepare<[], WebhookState>(`${STATE} ORDER BY name, search_id`).all();
}

/** The webhooks that are told of news. */
export function activeWebhooks(store: Store): Webhook[] {
  return store
    .prepare<[], Webhook>(
      `SELECT search_id AS searchId, url, secret, told ${OF_SEARCHES}
       AND ${GIVEN_UP} < ${PAUSED_AFTER} ORDER BY search_id`,
    )
    .all();
}

/** The delivery that waits for the receiver, or null. */
export function waitingDelivery(store: Store, searchId: string): Delivery | null {
  return (
    store
      .prepare<[string], Delivery>(
        `SELECT id, search_id AS searchId, body, attempts FROM webhook_deliveries
         WHERE search_id = ? AND given_up = 0 ORDER BY created_at, id LIMIT 1`,
      )
      .get(searchId) ?? null
  );
}

/**
 * Notes in one step that articles up to `told` are being delivered and what is to be sent; null body:
 * nothing is. A process that dies before or after has lost nothing and repeats nothing; and of a webhook that
 * was removed meanwhile, or set anew, nothing is noted.
 */
export function recordTold(
  store: Store,
  webhook: Webhook,
  told: number,
  bodyOf: ((deliveryId: string) => string) | null,
): void {
  const { searchId } = webhook;
  store
    .transaction(() => {
      const { changes } = store
        .prepare(
          `UPDATE webhooks SET told = ?, problem = CASE WHEN ${WAITS} THEN problem ELSE NULL END
           WHERE search_id = ? AND told = ? AND secret = ?`,
        )
        .run(told, searchId, webhook.told, webhook.secret);
      if (changes === 0 || bodyOf === null) return;
      const id = nanoid(16);
      store
        .prepare(
          'INSERT INTO webhook_deliveries (id, search_id, body, created_at) VALUES (?, ?, ?, ?)',
        )
        .run(id, searchId, bodyOf(id), new Date().toISOString());
    })
    .immediate();
}

/** Notes why the receiver did not take the delivery; after so many attempts it is given up for good. */
export function recordFailure(
  store: Store,
  { id, searchId }: Delivery,
  problem: string,
  mostAttempts: number,
): void {
  store
    .transaction(() => {
      store
        .prepare(
          `UPDATE webhook_deliveries SET attempts = attempts + 1, given_up = attempts + 1 >= ?
           WHERE id = ?`,
        )
        .run(mostAttempts, id);
      store
        .prepare('UPDATE webhooks SET problem = ?, failed_at = ? WHERE search_id = ?')
        .run(problem, new Date().toISOString(), searchId);
    })
    .immediate();
}

/** Notes for the owner why nothing new can be looked for. */
export function recordUnsearchable(store: Store, searchId: string, problem: string): void {
  store.prepare('UPDATE webhooks SET problem = ? WHERE search_id = ?').run(problem, searchId);
}

/** Notes that the receiver has taken it; what was given up before need not be told any more. */
export function recordDelivered(store: Store, { id, searchId }: Delivery): void {
  store
    .transaction(() => {
      const { changes } = store.prepare('DELETE FROM webhook_deliveries WHERE id = ?').run(id);
      // Removed while it was being sent; by now there may be another webhook.
      if (changes === 0) return;
      store
        .prepare('DELETE FROM webhook_deliveries WHERE search_id = ? AND given_up = 1')
        .run(searchId);
      store
        .prepare('UPDATE webhooks SET delivered_at = ?, problem = NULL WHERE search_id = ?')
        .run(new Date().toISOString(), searchId);
    })
    .immediate();
}
