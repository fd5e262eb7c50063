import { createHash } from 'node:crypto';
import type { Gazetteer } from '../../config/gazetteer.ts';

/** To be raised when the annotators find something else in the same article. */
const ANNOTATION_VERSION = 1;

/** What annotations were made with: changes whenever an article may be annotated differently. */
export function annotationFingerprint({ parks, traps }: Gazetteer): string {
  const known = JSON.stringify([parks, traps], (_key, value: unknown) =>
    value instanceof Set || value instanceof Map ? [...(value as Iterable<unknown>)] : value,
  );
  return `${ANNOTATION_VERSION}-${createHash('sha256').update(known).digest('hex').slice(0, 16)}`;
}
