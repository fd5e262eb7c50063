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

/** A query that takes more work than one search may; the message says of what and what to do, in Chinese. */
export class QueryTooBroadError extends Error {
  override readonly name = 'QueryTooBroadError';
}

const MAX_CLAUSES = 32;
/** Phrases and excluded words, each of which may have to be looked for in texts. */
const MAX_VERIFIED = 50;

/**
 * The query as a disjunction of conjunctions, the form in which the engine takes it: one federated
 * query a clause. An empty query is one empty clause.
 * @throws QueryTooBroadError past 32 combinations, or 50 phrases and excluded words.
 */
export function toClauses(tree: QueryNode | null): Clause[] {
  if (tree === null) return [{ must: [], mustNot: [] }];
  const clauses = expand(tree, false, false);
  const verified = new Set(
    clauses.flatMap(({ must, mustNot }) => [
      ...must.filter((literal) => literal.type === 'phrase').map(textKey),
      ...mustNot.filter(isTextLiteral).map(textKey),
    ]),
  );
  if (verified.size > MAX_VERIFIED)
    throw new QueryTooBroadError(
      `短语和排除的词太多：一次检索最多 ${MAX_VERIFIED} 个，这里有 ${verified.size} 个，请删去一些或分几次检索`,
    );
  return clauses;
}

/** The same for two literals that ask for the same text at the same place. */
export function textKey({ text, titleOnly }: TextLiteral): string {
  return `${titleOnly ? 'title' : 'text'}:${text.trim()}`;
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
    throw new QueryTooBroadError(
      `“或”的组合太多（超过 ${MAX_CLAUSES} 种），请减少并列的词或分几次检索`,
    );
  return clauses;
}
