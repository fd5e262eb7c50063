import type { Store } from '../store/database.ts';

/** 8 MB, so that progress is seen and an interrupt heard. */
const PAGES_AT_ONCE = 2_000;

export interface CopyProgress {
  /** Bytes. */
  readonly done: number;
  readonly total: number;
}

/**
 * Copies a store as it is at this moment into a new file, while others go on writing: the read
 * transaction holds the moment, without it every write would make the copying begin again.
 */
export async function copyStore(
  source: Store,
  target: string,
  onProgress: (progress: CopyProgress) => void,
): Promise<void> {
  const pageSize = Number(source.pragma('page_size', { simple: true }));
  source.exec('BEGIN');
  try {
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await source.backup(target, {
      progress({ totalPages, remainingPages }) {
        onProgress({
          done: (totalPages - remainingPages) * pageSize,
          total: totalPages * pageSize,
        });
        return PAGES_AT_ONCE;
      },
    });
  } finally {
    source.exec('COMMIT');
  }
}
