import type { QueryNode } from '../query/query.ts';
import { plainBrackets } from './bracketed-names.ts';
import { mapConjunctions, type RewriteMembers } from './tree-rewriting.ts';

export type RewriteType =
  'width' | 'traditional' | 'date' | 'pinyin' | 'park' | 'synonym' | 'question' | 'spelling';

/** One change to what a person typed, as the page shows it. */
export interface AppliedRewrite {
  readonly type: RewriteType;
  /** What was typed. Putting it among `literal` undoes this rewrite. */
  readonly from: string;
  /** What is searched for instead, or as well. */
  readonly to: string;
}

export interface RewriteContext {
  /** What the person wants left as typed; compared with `from`. */
  readonly literal: ReadonlySet<string>;
  /** For 去年, 近三个月: the day on which the query is asked, `YYYY-MM-DD`. */
  readonly today: string;
}

/** One entry of the ordered list: looks at the tree, returns a new one and what it changed. */
export type Rewriter = (
  tree: QueryNode,
  context: RewriteContext,
) => { readonly tree: QueryNode; readonly applied: readonly AppliedRewrite[] };

/** Notes a change, unless the person wants `from` left as typed: false then, and nothing may change. */
export type NoteRewrite = (from: string, to: string) => boolean;

/**
 * A rewriter of conjunctions. `prepare` looks at the whole query and says what becomes of each; null: nothing
 * is to change. Each change is noted once, in the order made.
 */
export function createRewriter(
  type: RewriteType,
  prepare: (tree: QueryNode, note: NoteRewrite, today: string) => RewriteMembers | null,
): Rewriter {
  return (tree, { literal, today }) => {
    const applied: AppliedRewrite[] = [];
    const rewrite = prepare(
      tree,
      (typed, rewritten) => {
        const [from, to] = [plainBrackets(typed), plainBrackets(rewritten)];
        if (literal.has(from)) return false;
        if (!applied.some((other) => other.from === from && other.to === to))
          applied.push({ type, from, to });
        return true;
      },
      today,
    );
    return { tree: rewrite === null ? tree : mapConjunctions(tree, rewrite), applied };
  };
}
