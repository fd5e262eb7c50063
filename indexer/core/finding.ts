/** Something wrong, or doubtful, with one input. Bulk work records it and goes on. */
export interface Finding {
  readonly type: 'finding';
  /** `rejected`: nothing of that place was taken. `doubtful`: taken, but someone should look. */
  readonly severity: 'rejected' | 'doubtful';
  readonly file: string;
  /** Where in the file, in words a reader can follow: `第 12 行`, `第 3 条记录`; empty for the whole file. */
  readonly place: string;
  /** What is wrong, in Chinese, with what was found. */
  readonly reason: string;
  /** True when the file could not be read to its end: nothing is known of what comes after `place`. */
  readonly isRestUnread?: boolean;
  /** What the person can do about it, in Chinese. */
  readonly remedy: string;
}

/** Returns the finding for what was not taken. */
export function rejected(file: string, place: string, reason: string, remedy: string): Finding {
  return { type: 'finding', severity: 'rejected', file, place, reason, remedy };
}

/** Returns the finding for what was taken, but is worth a look. */
export function doubtful(file: string, place: string, reason: string, remedy: string): Finding {
  return { type: 'finding', severity: 'doubtful', file, place, reason, remedy };
}
