import { takeTurn } from '../../indexer/core/fair-turns.ts';
import type { Store } from '../../indexer/store/database.ts';
import { timed } from '../http/request-trace.ts';
import { createAnswerCache } from './answer-cache.ts';
import { textKey } from './clause.ts';
import type { VerifiedTexts } from './engine-query.ts';
import { workOneSlice } from './slices.ts';
import { verificationBudget } from './verification-budget.ts';
import type { StandingTexts } from './verify-texts.ts';
import { verifyTexts } from './verify-texts.ts';

/** Numbers of documents that are kept, some 16 MB. */
const MAX_KEPT = 2_000_000;

/** What an answer without any document takes. */
const SMALLEST = 1_000;

/** Finds where the texts stand that a request looks for, within its budget. */
export type FindStandingTexts = (
  uid: string,
  texts: VerifiedTexts,
  signal?: AbortSignal,
) => Promise<StandingTexts>;

const finders = new WeakMap<Store, FindStandingTexts>();

/**
 * The one that all searches in a store share, with what it has found.
 * It rejects with the signal's reason once it is aborted, and with VerificationBusyError when others had
 * all turns.
 */
export function standingTexts(store: Store): FindStandingTexts {
  let find = finders.get(store);
  if (find === undefined) finders.set(store, (find = createFinder(store)));
  return find;
}

function createFinder(store: Store): FindStandingTexts {
  const answerOnce = createAnswerCache<StandingTexts>(store, 'phrases', {
    most: MAX_KEPT,
    sizeOf: (found) => [...found.values()].reduce((sum, { docs }) => sum + docs.length, SMALLEST),
    isWorthKeeping: (found) => [...found.values()].every(({ isWhole }) => isWhole),
  });

  async function verify(texts: VerifiedTexts, signal: AbortSignal): Promise<StandingTexts> {
    const budget = verificationBudget();
    const steps = verifyTexts(store, texts, budget);
    const contender = {
      arrival: budget.arrival,
      isBackground: budget.isBackground,
      spent: () => budget.spent,
      refusal: () => (signal.aborted ? (signal.reason as Error) : budget.refusal()),
    };
    for (;;) {
      await takeTurn(contender);
      const began = performance.now();
      const found = timed('verify', () => workOneSlice(steps));
      budget.noteWork(performance.now() - began);
      if (found !== null) return found;
    }
  }

  return async (uid, texts, signal) => {
    const { wanted, unwanted } = texts;
    if (wanted.length + unwanted.length === 0) return new Map();
    const question = [uid, wanted.map(textKey), unwanted.map(textKey)];
    return answerOnce(question, (shared) => verify(texts, shared), signal);
  };
}
