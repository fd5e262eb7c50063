import type { AllHits } from './ask-all.ts';

/** What one query should have found, and what it did. */
export interface Answer {
  readonly text: string;
  readonly hits: AllHits;
  readonly wanted: ReadonlySet<string>;
  readonly wantedExactly: ReadonlySet<string>;
}

/** Sums over pairs of a query and an article. */
export interface Tally {
  readonly queries: number;
  /** Queries that found all they should, and with `precise` nothing else. */
  readonly perfect: number;
  readonly wanted: number;
  readonly found: number;
  readonly hits: number;
  readonly recall: number;
  readonly precision: number;
  /** Pairs not found because the query has more hits than can be reached. */
  readonly beyondReach: number;
  readonly exactRecall: number;
  readonly exactPrecision: number;
  /** How often a hit was given again. */
  readonly repeated: number;
  /** Queries whose total was not the number of their hits. */
  readonly wrongTotals: number;
}

/** Returns recall and precision over all pairs; with `precise` a query with false hits is not perfect. */
export function tallyAnswers(answers: readonly Answer[], precise: boolean): Tally {
  let perfect = 0;
  let beyondReach = 0;
  let wanted = 0;
  let found = 0;
  let hits = 0;
  let exact = 0;
  let exactFound = 0;
  let repeated = 0;
  let wrongTotals = 0;
  for (const answer of answers) {
    const { ids, total } = answer.hits;
    const right = countIn(answer.wanted, ids);
    wanted += answer.wanted.size;
    if (!answer.hits.totalIsExact) beyondReach += answer.wanted.size - right;
    found += right;
    hits += ids.size;
    exact += answer.wantedExactly.size;
    exactFound += countIn(answer.wantedExactly, ids);
    repeated += answer.hits.repeated;
    if (total !== ids.size) wrongTotals++;
    if (right === answer.wanted.size && (!precise || ids.size === right)) perfect++;
  }
  return {
    queries: answers.length,
    perfect,
    wanted,
    found,
    hits,
    recall: share(found, wanted),
    precision: share(found, hits),
    beyondReach,
    exactRecall: share(exactFound, exact),
    exactPrecision: share(exactFound, hits),
    repeated,
    wrongTotals,
  };
}

function countIn(ids: ReadonlySet<string>, among: ReadonlySet<string>): number {
  let count = 0;
  for (const id of ids) if (among.has(id)) count++;
  return count;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
