import pRetry from 'p-retry';
import type { Logger } from 'pino';
import type { Store } from '../../indexer/store/database.ts';
import { writeStore } from '../../indexer/store/write-store.ts';
import { postJson } from './post-json.ts';
import { signDelivery } from './sign-delivery.ts';
import { WebhookAddressError } from './webhook-address.ts';
import type { Delivery, Webhook } from './webhook-store.ts';
import { recordDelivered, recordFailure, waitingDelivery } from './webhook-store.ts';

/** 1, 3, 9 … seconds, then an hour each: a receiver that is away for half a day misses nothing. */
const ATTEMPTS = 20;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** The receiver's answer was not that it has taken the delivery. */
class RefusedDeliveryError extends Error {
  override readonly name = 'RefusedDeliveryError';
}

export interface DeliveryDependencies {
  readonly store: Store;
  readonly log: Logger;
  readonly allowPrivate: boolean;
}

/**
 * Sends a delivery until the receiver takes it, it is removed, or {@link ATTEMPTS} are used up, over restarts;
 * it has then ended. A process that dies between the receiver's answer and its noting sends it once more,
 * under the same id.
 */
export function createDeliverer({ store, log, allowPrivate }: DeliveryDependencies) {
  return async function deliver(
    { url, secret }: Webhook,
    delivery: Delivery,
    signal: AbortSignal,
  ): Promise<void> {
    const { id, searchId, body } = delivery;
    /** False when it was removed meanwhile. */
    async function send(): Promise<boolean> {
      if (waitingDelivery(store, searchId)?.id !== id) return false;
      const headers = { 'X-Delivery-Id': id, ...signDelivery(delivery, secret, new Date()) };
      const status = await postJson({ url, body, headers, allowPrivate }, signal);
      if (status >= 200 && status < 300) return true;
      throw new RefusedDeliveryError(
        status >= 300 && status < 400
          ? `对方要求转到别的网址（${status}），不予跟随`
          : `对方回答 ${status}`,
      );
    }
    let isTaken: boolean;
    try {
      isTaken = await pRetry(send, {
        retries: Math.max(0, ATTEMPTS - 1 - delivery.attempts),
        minTimeout: FIRST_PAUSE_MS,
        factor: 3,
        maxTimeout: LONGEST_PAUSE_MS,
        signal,
        async onFailedAttempt({ error }) {
          if (signal.aborted) return;
          const reason = reasonOf(error);
          const note = () => recordFailure(store, delivery, reason, ATTEMPTS);
          await writeStore(store, note, { signal });
        },
      });
    } catch (error) {
      if (signal.aborted) throw error;
      log.warn({ err: error, delivery: id }, '推送多次不成，不再尝试');
      return;
    }
    if (isTaken) await writeStore(store, () => recordDelivered(store, delivery));
  };
}

function reasonOf(error: Error): string {
  if (error instanceof RefusedDeliveryError || error instanceof WebhookAddressError)
    return error.message;
  return error.name === 'TimeoutError' ? '对方没有按时回答' : `连不上对方（${error.message}）`;
}
