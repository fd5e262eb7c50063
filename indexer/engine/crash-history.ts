const FIRST_DELAY = 100;
const LONGEST_DELAY = 15_000;
const CALM_AFTER = 60_000;
const FAULT_WINDOW = 300_000;
const FAULTS_BEFORE_BLAME = 4;

/** Ends that come from inside the engine, such as a bus error on a damaged file; not from a person. */
const FAULT_SIGNALS = ['SIGSEGV', 'SIGBUS', 'SIGABRT', 'SIGILL', 'SIGFPE'];

interface CrashVerdict {
  /** Milliseconds to wait before the next start. */
  readonly delay: number;
  /** It has broken down so often that its data must be to blame. */
  readonly blamesData: boolean;
}

export interface CrashHistory {
  /** Notes that the engine started at `startedAt` ended at `now` (ms) in the way of `how`. */
  readonly note: (how: string, startedAt: number, now: number) => CrashVerdict;
}

/** Remembers how the engine ended: the delay doubles until it has once run for a minute. */
export function createCrashHistory(): CrashHistory {
  let delay = FIRST_DELAY;
  let faults: number[] = [];
  return {
    note(how, startedAt, now) {
      if (now - startedAt > CALM_AFTER) delay = FIRST_DELAY;
      const verdict = delay;
      delay = Math.min(delay * 2, LONGEST_DELAY);
      faults = faults.filter((time) => now - time < FAULT_WINDOW);
      if (FAULT_SIGNALS.includes(how)) faults.push(now);
      const blamesData = faults.length >= FAULTS_BEFORE_BLAME;
      if (blamesData) faults = [];
      return { delay: verdict, blamesData };
    },
  };
}
