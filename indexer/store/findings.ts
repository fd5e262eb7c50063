import { z } from 'zod';
import { allRows, firstRow, type Store } from './database.ts';

const rowSchema = z.object({
  file: z.string(),
  place: z.string(),
  severity: z.enum(['rejected', 'doubtful']),
  reason: z.string(),
  remedy: z.string(),
  foundAt: z.string(),
});

export type StoredFinding = Readonly<z.infer<typeof rowSchema>>;

/** What is known to be wrong with the inputs, the latest first, `limit` at most. */
export function latestFindings(store: Store, limit: number): StoredFinding[] {
  return allRows(
    store,
    `SELECT file, place, severity, reason, remedy, found_at AS foundAt
     FROM findings ORDER BY found_at DESC, id LIMIT ?`,
    limit,
  ).map((row) => rowSchema.parse(row));
}

export function countFindings(store: Store): { rejected: number; doubtful: number } {
  return firstRow<{ rejected: number; doubtful: number }>(
    store,
    `SELECT count(*) FILTER (WHERE severity = 'rejected') AS rejected,
            count(*) FILTER (WHERE severity = 'doubtful') AS doubtful FROM findings`,
  )!;
}
