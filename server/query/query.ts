/** What a person asked for, as a tree. `parseQuery` makes it, `serializeQuery` writes it back. */
export type QueryNode =
  | { readonly type: 'text'; readonly text: string }
  /** Stands in the article exactly so; verified on the original text. */
  | { readonly type: 'phrase'; readonly text: string }
  | { readonly type: 'title'; readonly node: QueryNode }
  | { readonly type: 'park'; readonly name: string }
  /** Made by rewriting only: a park meant by one of its names; found under all of them. */
  | {
      readonly type: 'named-park';
      readonly id: string;
      readonly name: string;
      readonly typed: string;
    }
  | { readonly type: 'source'; readonly name: string }
  /** Either end may be open (empty), not both; `YYYY[-MM[-DD]]`. */
  | { readonly type: 'date'; readonly from: string; readonly to: string }
  | { readonly type: 'not'; readonly node: QueryNode }
  /** Two nodes at least; no `and` directly in an `and`, no `or` directly in an `or`. */
  | { readonly type: 'and'; readonly nodes: readonly QueryNode[] }
  | { readonly type: 'or'; readonly nodes: readonly QueryNode[] };

/** A text as the only node; none when it is empty. */
export function textNodes(text: string): QueryNode[] {
  return text === '' ? [] : [{ type: 'text', text }];
}

/** All of the nodes: null for none, the node itself for one, nested `and`s taken apart. */
export function conjunction(nodes: readonly QueryNode[]): QueryNode | null {
  const flat = nodes.flatMap((node) => (node.type === 'and' ? node.nodes : [node]));
  return flat.length > 1 ? { type: 'and', nodes: flat } : (flat[0] ?? null);
}

/** Any of the nodes: null for none, the node itself for one, nested `or`s taken apart. */
export function disjunction(nodes: readonly QueryNode[]): QueryNode | null {
  const flat = nodes.flatMap((node) => (node.type === 'or' ? node.nodes : [node]));
  return flat.length > 1 ? { type: 'or', nodes: flat } : (flat[0] ?? null);
}

/** Something the parser put right by itself; `position` is UTF-16 in the input. */
export interface QueryNotice {
  readonly message: string;
  readonly position: number;
}

/** A query that cannot be understood; the message ends with the query and a caret under the place. */
export class QuerySyntaxError extends Error {
  override readonly name = 'QuerySyntaxError';
  readonly position: number;

  constructor(reason: string, input: string, position: number) {
    super(`${reason}\n${pointAt(input, position)}`);
    this.position = position;
  }
}

/** The line of the input around the position, and a caret below it; full-width text keeps its width. */
function pointAt(input: string, position: number): string {
  const from = Math.max(0, position - 30);
  const line = input.slice(from, position + 20).replace(/\s/g, ' ');
  const before = input.slice(from, position).replace(/[^\x20-\x7e]/g, '　');
  return `${line}\n${before.replace(/[\x20-\x7e]/g, ' ')}^`;
}
