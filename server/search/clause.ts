import type { QueryNode } from '../query/query.ts';

/** What is looked for in the text itself. */
export interface TextLiteral {
  readonly type: 'words' | 'phrase';
  readonly text: string;
  readonly titleOnly: boolean;
}

export type NamedPark = Omit<Extract<QueryNode, { readonly type: 'named-park' }>, 'typed'>;

/** One thing that an article must (or must not) have for a clause to hold. */
export type Literal =
  TextLiteral | NamedPark | Extract<QueryNode, { readonly type: 'park' | 'source' | 'date' }>;

export function isTextLiteral(literal: Literal): literal is TextLiteral {
  return literal.type === 'words' || literal.type === 'phrase';
}

/** The same for two literals that ask for the same text at the same place. */
export function textKey({ text, titleOnly }: TextLiteral): string {
  return `${titleOnly ? 'title' : 'text'}:${text.trim()}`;
}

/** A conjunction: all of `must`, none of `mustNot`. */
export interface Clause {
  readonly must: readonly Literal[];
  readonly mustNot: readonly Literal[];
}

const EMPTY_CLAUSE: Clause = { must: [], mustNot: [] };

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
  if (tree === null) return [EMPTY_CLAUSE];
  const clauses = expand(tree, false, false);
  const verified = new Set(
    clauses
      .flatMap(({ must, mustNot }) => [
        ...must.filter(isTextLiteral).filter(({ type }) => type === 'phrase'),
        ...mustNot.filter(isTextLiteral),
      ])
      .map(textKey),
  );
  if (verified.size > MAX_VERIFIED)
    throw new QueryTooBroadError(
      `短语和排除的词太多：一次检索最多 ${MAX_VERIFIED} 个，这里有 ${verified.size} 个，请删去一些或分几次检索`,
    );
  return clauses;
}

function expand(node: QueryNode, negated: boolean, titleOnly: boolean): Clause[] {
  const only = (literal: Literal): Clause[] => [
    { ...EMPTY_CLAUSE, [negated ? 'mustNot' : 'must']: [literal] },
  ];
  switch (node.type) {
    case 'and':
    case 'or': {
      const parts = node.nodes.map((child) => expand(child, negated, titleOnly));
      // De Morgan: the negation of an `and` is the `or` of the negations.
      const isConjunction = (node.type === 'and') !== negated;
      return isConjunction ? parts.reduce(product, [EMPTY_CLAUSE]) : checked(parts.flat());
    }
    case 'not':
      return expand(node.node, !negated, titleOnly);
    case 'title':
      return expand(node.node, negated, true);
    case 'text':
      return only({ type: 'words', text: node.text, titleOnly });
    case 'phrase':
      return only({ type: 'phrase', text: node.text, titleOnly });
    case 'named-park':
      return titleOnly
        ? only({ type: 'words', text: node.typed, titleOnly })
        : only({ type: 'named-park', id: node.id, name: node.name });
    case 'park':
    case 'source':
    case 'date':
      return only(node);
    default:
      return node satisfies never;
  }
}

function product(clauses: readonly Clause[], alternatives: readonly Clause[]): Clause[] {
  return checked(
    clauses.flatMap((left) =>
      alternatives.map((right) => ({
        must: [...left.must, ...right.must],
        mustNot: [...left.mustNot, ...right.mustNot],
      })),
    ),
  );
}

function checked(clauses: Clause[]): Clause[] {
  if (clauses.length > MAX_CLAUSES)
    throw new QueryTooBroadError(
      `“或”的组合太多（超过 ${MAX_CLAUSES} 种），请减少并列的词或分几次检索`,
    );
  return clauses;
}
