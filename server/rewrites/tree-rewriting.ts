import type { QueryNode } from '../query/query.ts';

/** Where in a query a run of nodes stands. */
export interface NodePlace {
  /** Under an odd number of minus signs. */
  readonly negated: boolean;
  readonly titleOnly: boolean;
}

const TOP: NodePlace = { negated: false, titleOnly: false };

/**
 * The tree with every conjunction replaced by what `rewrite` makes of its members; a node that is in
 * no `and` is a conjunction of one. Members that hold others (`or`, `not`, `title`) come to `rewrite`
 * already rewritten. What becomes empty is left out; a tree that becomes empty stays as it was.
 */
export function mapConjunctions(
  tree: QueryNode,
  rewrite: (members: readonly QueryNode[], place: NodePlace) => readonly QueryNode[],
): QueryNode {
  function members(node: QueryNode, place: NodePlace): QueryNode[] {
    switch (node.type) {
      case 'and':
        return node.nodes.flatMap((child) => inside(child, place) ?? []);
      default: {
        const whole = inside(node, place);
        return whole === null ? [] : [whole];
      }
    }
  }

  function inside(node: QueryNode, place: NodePlace): QueryNode | null {
    switch (node.type) {
      case 'and':
        return visit(node, place);
      case 'or':
        return disjunction(node.nodes.flatMap((child) => visit(child, place) ?? []));
      case 'not': {
        const operand = visit(node.node, { ...place, negated: !place.negated });
        if (operand === null) return null;
        return operand.type === 'not' ? operand.node : { type: 'not', node: operand };
      }
      case 'title': {
        const operand = visit(node.node, { ...place, titleOnly: true });
        return operand === null ? null : { type: 'title', node: operand };
      }
      default:
        return node;
    }
  }

  function visit(node: QueryNode, place: NodePlace): QueryNode | null {
    return conjunction(rewrite(members(node, place), place));
  }

  return visit(tree, TOP) ?? tree;
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

/** The texts of a tree in the order of reading, phrases and fields left out. */
export function textsOf(tree: QueryNode, which: { readonly negated: boolean }): string[] {
  const texts: string[] = [];
  const collect = (node: QueryNode, negated: boolean): void => {
    if (node.type === 'and' || node.type === 'or')
      for (const child of node.nodes) collect(child, negated);
    else if (node.type === 'not') collect(node.node, !negated);
    else if (node.type === 'title') collect(node.node, negated);
    else if (node.type === 'text' && negated === which.negated) texts.push(node.text);
  };
  collect(tree, false);
  return texts;
}
