import { AsyncLocalStorage } from 'node:async_hooks';

/** What a request may spend on looking into texts, however it asks. */
export interface VerificationLimits {
  /** Articles whose text is looked into. */
  readonly texts: number;
  /** Milliseconds of work. */
  readonly work: number;
  /** Milliseconds after its beginning until which it is worth working for a request. */
  readonly patience: number;
  /** Whether nobody waits for the answer. */
  readonly isBackground: boolean;
}

/** What people are given, who wait; see `PHRASE_TEXTS` for the number of texts. */
export const FOR_PEOPLE = { work: 5_000, patience: 15_000, isBackground: false } as const;

/** The same for what is done by itself. */
export const IN_BACKGROUND = { work: 5_000, patience: Infinity, isBackground: true } as const;

const WITHOUT_REQUEST: VerificationLimits = { ...FOR_PEOPLE, texts: 300_000 };

/** Others were served for so long that this one is not worth beginning any more. */
export class VerificationBusyError extends Error {
  override readonly name = 'VerificationBusyError';
}

let arrivals = 0;

/** What one request has spent of its limits. */
export class VerificationBudget {
  readonly arrival = ++arrivals;
  readonly limits: VerificationLimits;
  readonly #began = performance.now();
  /** Articles whose text was looked into. */
  texts = 0;
  /** Milliseconds of work. */
  work = 0;

  constructor(limits: VerificationLimits) {
    this.limits = limits;
  }

  get isSpent(): boolean {
    return this.texts >= this.limits.texts || this.work >= this.limits.work;
  }

  /** Null as long as the request may wait for its turn. */
  refusal(): Error | null {
    if (performance.now() - this.#began <= this.limits.patience) return null;
    return new VerificationBusyError('要核对原文的检索太多，请过几秒再试');
  }
}

/** So that a request has one budget whatever it does, and no path can forget to hand it on. */
const current = new AsyncLocalStorage<VerificationBudget>();

/** Does the work, and what it starts, within one budget. */
export function withVerificationBudget<T>(
  limits: VerificationLimits,
  work: (budget: VerificationBudget) => T,
): T {
  const budget = new VerificationBudget(limits);
  return current.run(budget, work, budget);
}

/** That of the request, or a new one outside of any. */
export function verificationBudget(): VerificationBudget {
  return current.getStore() ?? new VerificationBudget(WITHOUT_REQUEST);
}
