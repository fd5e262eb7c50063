import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Request } from 'express';
import { readIfExists, writeAtomically } from '../../../indexer/engine/engine-folder.ts';
import { clientAddress, clientKey } from './client-address.ts';
import { givenToken } from './given-token.ts';
import { isSameSecret } from './same-secret.ts';

/** Whose quota a request uses: the same clients as those of the rate limits; null: an administrator, who has none. */
export type QuotaClient = (request: Request) => string | null;

/**
 * An address says where a person is, so only its keyed hash is kept. The key lies beside the store and not in
 * it: a backup does not carry it. Who has shown `ADMIN_TOKEN` is an administrator.
 */
export function createQuotaClient(dataDir: string, adminToken: string | undefined): QuotaClient {
  const file = join(dataDir, 'client-key');
  const key = readIfExists(file) ?? randomBytes(32).toString('base64url');
  writeAtomically(file, key);
  return (request) => {
    if (adminToken !== undefined && isSameSecret(givenToken(request) ?? '', adminToken))
      return null;
    return createHmac('sha256', key)
      .update(clientKey(clientAddress(request)))
      .digest('base64url');
  };
}
