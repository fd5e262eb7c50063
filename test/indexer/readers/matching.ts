import { expect } from 'vitest';

/** `expect.stringMatching` without its `any`. */
export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
