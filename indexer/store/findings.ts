import { z } from 'zod';
import type { Finding } from '../core/finding.ts';
import type { Store } from './database.ts';

export type StoredFinding = Omit<Finding, 'type'> & { readonly foundAt: string };

const rowSchema = z.object({
  file: z.string(),
  place: z.string(),
  severity: z.enum(['rejected', 'doubtful']),
  reason: z.string(),
  remedy: z.string(),
  foundAt: z.string(),
});

/** What is known to be wrong with the inputs, the latest first, `limit` at most. */
export function latestFindings(store: Store, limit: number): StoredFinding[] {
  return store
    .prepare(
      `SELECT file, place, severity, reason, remedy, found_at AS foundAt
       FROM findings ORDER BY found_at DESC, id LIMIT ?`,
    )
    .all(limit)
    .map((row) => rowSchema.parse(row));
}

export function countFindings(store: Store): { rejected: number; doubtful: number } {
  return store
    .prepare<[], { rejected: number; doubtful: number }>(
      `SELECT count(*) FILTER (WHERE severity = 'rejected') AS rejected,
              count(*) FILTER (WHERE severity = 'doubtful') AS doubtful FROM findings`,
    )
    .get()!;
}
