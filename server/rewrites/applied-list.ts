import { plainBrackets } from './bracketed-names.ts';
import type { AppliedRewrite, RewriteContext, RewriteType } from './rewrite.ts';

/** The changes that one rewriter makes to one query. */
export interface AppliedList {
  /** Each change once, in the order made. */
  readonly applied: readonly AppliedRewrite[];
  /** Notes a change, unless the person wants `from` left as typed: false then, and nothing may change. */
  readonly add: (from: string, to: string) => boolean;
}

/** An empty list for one rewriter and one query. */
export function createAppliedList(type: RewriteType, context: RewriteContext): AppliedList {
  const applied: AppliedRewrite[] = [];
  return {
    applied,
    add(typed, rewritten) {
      const [from, to] = [plainBrackets(typed), plainBrackets(rewritten)];
      if (context.literal.has(from)) return false;
      if (!applied.some((other) => other.from === from && other.to === to))
        applied.push({ type, from, to });
      return true;
    },
  };
}
