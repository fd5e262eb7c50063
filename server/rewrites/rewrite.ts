import type { QueryNode } from '../query/query.ts';
import { plainBrackets } from './bracketed-names.ts';

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
export interface Rewriter {
  readonly type: RewriteType;
  readonly rewrite: (
    tree: QueryNode,
    context: RewriteContext,
  ) => { readonly tree: QueryNode; readonly applied: readonly AppliedRewrite[] };
}

/** The changes that one rewriter makes to one query, each once, in the order made. */
export function createAppliedList(type: RewriteType, { literal }: RewriteContext) {
  const applied: AppliedRewrite[] = [];
  return {
    applied,
    /** Notes a change, unless the person wants `typed` left as it is: false then, and nothing may change. */
    add(typed: string, rewritten: string): boolean {
      const [from, to] = [plainBrackets(typed), plainBrackets(rewritten)];
      if (literal.has(from)) return false;
      if (!applied.some((other) => other.from === from && other.to === to))
        applied.push({ type, from, to });
      return true;
    },
  };
}

export type AppliedList = ReturnType<typeof createAppliedList>;
