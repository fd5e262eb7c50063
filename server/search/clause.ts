import type { QueryNode } from '../query/query.ts';

/** One thing that an article must (or must not) have for a clause to hold. */
export type Literal =
  | { readonly type: 'words'; readonly text: string; readonly titleOnly: boolean }
  | { readonly type: 'phrase'; readonly text: string; readonly titleOnly: boolean }
  | { readonly type: 'named-park'; readonly id: string; readonly name: string }
  | { readonly type: 'park'; readonly name: string }
  | { readonly type: 'source'; readonly name: string }
  | { readonly type: 'date'; readonly from: string; readonly to: string };

/** What is looked for in the text itself. */
export type TextLiteral = Extract<Literal, { readonly type: 'words' | 'phrase' }>;

export function isTextLiteral(literal: Literal): literal is TextLiteral {
  return literal.type === 'words' || literal.type === 'phrase';
}

/** A conjunction: all of `must`, none of `mustNot`. */
export interface Clause {
  readonly must: readonly Literal[];
  readonly mustNot: readonly Literal[];
}

/** A query with too many combinations of alternatives. */
export class TooManyClausesError extends Error {
  override readonly name = 'TooManyClausesError';
}

const MAX_CLAUSES = 32;

/**
 * The query as a disjunction of conjunctions, the form in which the engine takes it: one federated
 * query a clause. An empty query is one empty clause.
 * @throws TooManyClausesError past 32 combinations.
 */
export function toClauses(tree: QueryNode | null): Clause[] {
  return tree === null ? [{ must: [], mustNot: [] }] : expand(tree, false, false);
}

function expand(node: QueryNode, negated: boolean, titleOnly: boolean): Clause[] {
  switch (node.type) {
    case 'and':
    case 'or': {
      const parts = node.nodes.map((child) => expand(child, negated, titleOnly));
      // De Morgan: the negation of an `and` is the `or` of the negations.
      return (node.type === 'and') === !negated ? product(parts) : union(parts);
    }
    case 'not':
      return expand(node.node, !negated, titleOnly);
    case 'title':
      return expand(node.node, negated, true);
    case 'text':
      return literal({ type: 'words', text: node.text, titleOnly }, negated);
    case 'phrase':
      return literal({ type: 'phrase', text: node.text, titleOnly }, negated);
    case 'named-park':
      return titleOnly
        ? literal({ type: 'words', text: node.typed, titleOnly }, negated)
        : literal({ type: 'named-park', id: node.id, name: node.name }, negated);
    case 'park':
    case 'source':
    case 'date':
      return literal(node, negated);
    default:
      return node satisfies never;
  }
}

function literal(value: Literal, negated: boolean): Clause[] {
  return [negated ? { must: [], mustNot: [value] } : { must: [value], mustNot: [] }];
}

function union(parts: readonly Clause[][]): Clause[] {
  return checked(parts.flat());
}

function product(parts: readonly Clause[][]): Clause[] {
  return parts.reduce<Clause[]>(
    (clauses, alternatives) =>
      checked(
        clauses.flatMap((left) =>
          alternatives.map((right) => ({
            must: [...left.must, ...right.must],
            mustNot: [...left.mustNot, ...right.mustNot],
          })),
        ),
      ),
    [{ must: [], mustNot: [] }],
  );
}

function checked(clauses: Clause[]): Clause[] {
  if (clauses.length > MAX_CLAUSES)
    throw new TooManyClausesError(
      `“或”的组合太多（超过 ${MAX_CLAUSES} 种），请减少并列的词或分几次检索`,
    );
  return clauses;
}
