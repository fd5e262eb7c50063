import type { Synonyms } from '../../config/synonyms.ts';
import type { Analyzer, Token } from '../../indexer/analyzer/analyzer.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import { createRewriter, type Rewriter } from './rewrite.ts';
import { clauseBudget } from './tree-rewriting.ts';

const MOST_ALTERNATIVES = 4;
/** A longer text has words enough; more spellings of one of them would only slow the search. */
const LONGEST_TEXT = 24;
/** 留学|回国|人员 */
const MOST_TOKENS = 6;

/**
 * Words of the synonyms file → any of their synonyms: `高新区招商 → 高新区招商 OR 高新技术产业开发区招商`.
 * Only whole words as the analyzer cuts them, and nothing that the query excludes.
 */
export function createSynonymRewriter(synonyms: Synonyms, analyzer: Analyzer): Rewriter {
  const byTerm = new Map(
    [...synonyms].map(([word, others]) => [normaliseText(word).text, others] as const),
  );
  return createRewriter('synonym', (tree, note) => {
    const budget = clauseBudget(tree);

    function alternativesTo(text: string): string[] {
      if (text.length > LONGEST_TEXT) return [text];
      let texts = [''];
      let written = 0;
      for (const { start, end, others } of findSynonyms(analyzer.analyze(text), byTerm)) {
        const most = Math.min(MOST_ALTERNATIVES, budget.left() - 1);
        const word = text.slice(start, end);
        const chosen = others.slice(0, Math.max(0, most));
        if (chosen.length === 0 || !note(word, [word, ...chosen].join(' OR '))) continue;
        budget.take(chosen.length + 1);
        const before = text.slice(written, start);
        texts = texts.flatMap((begun) =>
          [word, ...chosen].map((choice) => begun + before + choice),
        );
        written = end;
      }
      return texts.map((begun) => begun + text.slice(written));
    }

    return (members, { negated }) =>
      members.map((node) => {
        if (node.type !== 'text' || negated) return node;
        const texts = alternativesTo(node.text);
        if (texts.length === 1) return node;
        return { type: 'or', nodes: texts.map((text) => ({ type: 'text', text })) };
      });
  });
}

/** From left to right, the longest at each place; a word may be several tokens. */
function findSynonyms(tokens: readonly Token[], byTerm: Synonyms) {
  const found: { start: number; end: number; others: readonly string[] }[] = [];
  for (let first = 0; first < tokens.length; first++) {
    const { start } = tokens[first]!;
    let term = '';
    let last = first;
    for (let at = first; at < Math.min(tokens.length, first + MOST_TOKENS); at++) {
      const token = tokens[at]!;
      if (token.term === '') break;
      term += token.term;
      const others = byTerm.get(term);
      if (others === undefined) continue;
      // A longer word takes the place of the shorter one that begins alike.
      if (found.at(-1)?.start === start) found.pop();
      found.push({ start, end: token.end, others });
      last = at;
    }
    first = last;
  }
  return found;
}
