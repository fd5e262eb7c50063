import pRetry from 'p-retry';
import type { Logger } from 'pino';
import type { Store } from '../../indexer/store/database.ts';
import { writeStore } from '../../indexer/store/write-store.ts';
import { postJson } from './post-json.ts';
import { WebhookAddressError } from './webhook-address.ts';
import type { Delivery, Webhook } from './webhook-store.ts';
import { recordAttempt, recordDelivered, recordGivenUp } from './webhook-store.ts';

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

/** Sends a delivery until the receiver takes it or {@link ATTEMPTS} are used up, over restarts. */
export function createDeliverer({ store, log, allowPrivate }: DeliveryDependencies) {
  return async function deliver(
    { url }: Webhook,
    delivery: Delivery,
    signal: AbortSignal,
  ): Promise<void> {
    const { id, body } = delivery;
    async function send(): Promise<void> {
      const status = await postJson(
        // The same at every attempt: a receiver that has it already can tell.
        { url, body, headers: { 'X-Delivery-Id': id }, allowPrivate },
        signal,
      );
      if (status >= 200 && status < 300) return;
      throw new RefusedDeliveryError(
        status >= 300 && status < 400
          ? `对方要求转到别的网址（${status}），不予跟随`
          : `对方回答 ${status}`,
      );
    }
    try {
      await pRetry(send, {
        retries: Math.max(0, ATTEMPTS - 1 - delivery.attempts),
        minTimeout: FIRST_PAUSE_MS,
        factor: 3,
        maxTimeout: LONGEST_PAUSE_MS,
        signal,
        async onFailedAttempt({ error }) {
          if (signal.aborted) return;
          const reason = reasonOf(error);
          await writeStore(store, () => recordAttempt(store, delivery, reason), { signal });
        },
      });
    } catch (error) {
      if (signal.aborted) throw error;
      log.warn({ err: error, delivery: id }, '推送多次不成，不再尝试');
      await writeStore(store, () => recordGivenUp(store, delivery));
      return;
    }
    await writeStore(store, () => recordDelivered(store, delivery));
  };
}

function reasonOf(error: Error): string {
  if (error instanceof RefusedDeliveryError || error instanceof WebhookAddressError)
    return error.message;
  return error.name === 'TimeoutError' ? '对方没有按时回答' : `连不上对方（${error.message}）`;
}
