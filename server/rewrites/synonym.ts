import type { Synonyms } from '../../config/synonyms.ts';
import type { Analyzer, Token } from '../../indexer/analyzer/analyzer.ts';
import { normaliseText } from '../../indexer/analyzer/normalised-text.ts';
import type { QueryNode } from '../query/query.ts';
import { createAppliedList } from './applied-list.ts';
import { roomIn } from './clause-count.ts';
import type { Rewriter } from './rewrite.ts';
import { mapConjunctions } from './tree-rewriting.ts';

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
  return {
    type: 'synonym',
    rewrite(tree, context) {
      const list = createAppliedList('synonym', context);
      const room = roomIn(tree);

      function alternativesTo(text: string): string[] {
        if (text.length > LONGEST_TEXT) return [text];
        let texts = [''];
        let written = 0;
        for (const { start, end, others } of findSynonyms(analyzer.analyze(text), byTerm)) {
          const most = Math.min(MOST_ALTERNATIVES, room.left() - 1);
          const word = text.slice(start, end);
          const chosen = others.slice(0, Math.max(0, most));
          if (chosen.length === 0 || !list.add(word, [word, ...chosen].join(' OR '))) continue;
          room.take(chosen.length + 1);
          const before = text.slice(written, start);
          texts = texts.flatMap((begun) =>
            [word, ...chosen].map((choice) => begun + before + choice),
          );
          written = end;
        }
        return texts.map((begun) => begun + text.slice(written));
      }

      return {
        tree: mapConjunctions(tree, (members, { negated }) =>
          members.map((node): QueryNode => {
            if (node.type !== 'text' || negated) return node;
            const [first = node.text, ...more] = alternativesTo(node.text);
            if (more.length === 0) return node;
            return { type: 'or', nodes: [first, ...more].map((text) => ({ type: 'text', text })) };
          }),
        ),
        applied: list.applied,
      };
    },
  };
}

interface FoundSynonym {
  readonly start: number;
  readonly end: number;
  readonly others: readonly string[];
}

/** From left to right, the longest at each place; a word may be several tokens. */
function findSynonyms(
  tokens: readonly Token[],
  byTerm: ReadonlyMap<string, readonly string[]>,
): FoundSynonym[] {
  const found: FoundSynonym[] = [];
  for (let first = 0; first < tokens.length; first++) {
    let term = '';
    let longest: (FoundSynonym & { readonly last: number }) | null = null;
    for (let last = first; last < Math.min(tokens.length, first + MOST_TOKENS); last++) {
      const token = tokens[last]!;
      if (token.term === '') break;
      term += token.term;
      const others = byTerm.get(term);
      if (others !== undefined)
        longest = { start: tokens[first]!.start, end: token.end, others, last };
    }
    if (longest === null) continue;
    found.push(longest);
    first = longest.last;
  }
  return found;
}
