/** What speaks for or against something: a number for each of its weights. */
export type EvidenceOf<Weights> = { readonly [Name in keyof Weights]: number };

/** Returns the log odds of a logistic regression: its base and each piece of evidence times its weight. */
export function logOdds<Weights extends Readonly<Record<string, number>>>(
  weights: Weights,
  evidence: EvidenceOf<Weights>,
  base: number,
): number {
  return Object.keys(weights).reduce((sum, name) => sum + weights[name]! * evidence[name]!, base);
}
