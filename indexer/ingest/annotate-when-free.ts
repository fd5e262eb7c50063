import type { AnnotationUpkeepOptions } from './annotation-upkeep.ts';
import { areAnnotationsCurrent, bringAnnotationsUpToDate } from './annotation-upkeep.ts';
import type { Store } from '../store/database.ts';
import { tryLock } from '../core/process-lock.ts';
import { INGEST_LOCK } from './sample-corpus.ts';

/** Brings the annotations up to date, unless articles are being taken in; returns whether they are. */
export async function annotateWhenFree(
  store: Store,
  options: AnnotationUpkeepOptions,
): Promise<boolean> {
  if (areAnnotationsCurrent(store, options.toolchain)) return true;
  const lock = tryLock(options.dataDir, INGEST_LOCK);
  if (lock === null) return false;
  try {
    await bringAnnotationsUpToDate(store, options);
    return true;
  } finally {
    lock.release();
  }
}
