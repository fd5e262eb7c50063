import type { Response } from 'express';
import type { Store } from '../../indexer/store/database.ts';
import { writeStore } from '../../indexer/store/write-store.ts';
import { clientSignal } from '../http/client-signal.ts';

/** Somebody looks at a page meanwhile. */
const WITHIN_MS = 10_000;

/** Writes for a request as {@link writeStore} does, for as long as a person would wait. */
export function createRequestWriter(store: Store) {
  return function write<T>(change: () => T, response: Response): Promise<T> {
    return writeStore(store, change, { within: WITHIN_MS, signal: clientSignal(response) });
  };
}
