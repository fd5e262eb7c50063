import { createHmac } from 'node:crypto';
import type { Delivery } from './webhook-store.ts';

/** The secret as it is told to the owner, and as receivers' libraries read it. */
export function writeSecret(secret: Buffer): string {
  return `whsec_${secret.toString('base64')}`;
}

/**
 * The headers of https://www.standardwebhooks.com, by which a receiver knows that a delivery comes from here,
 * when it was sent, and whether it has it already: the id is the same at every attempt.
 */
export function signDelivery(
  { id, body }: Pick<Delivery, 'id' | 'body'>,
  secret: Buffer,
  at: Date,
): Readonly<Record<string, string>> {
  const seconds = Math.floor(at.getTime() / 1000);
  const signature = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature.digest('base64')}`,
  };
}
