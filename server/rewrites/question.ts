import type { Analyzer, Token } from '../../indexer/analyzer/analyzer.ts';
import type { QueryNode } from '../query/query.ts';
import { createAppliedList } from './applied-list.ts';
import { asksSomething } from './question-words.ts';
import type { Rewriter } from './rewrite.ts';
import { mapConjunctions, textsOf } from './tree-rewriting.ts';

/**
 * Stop and question words dropped from questions: `请问哪些园区在2022年获批？ → 园区 2022年获批`. A
 * query that asks nothing stays as it is: its stop words may be part of a headline.
 */
export function createQuestionRewriter(
  analyzer: Pick<Analyzer, 'analyze'>,
  isStopWord: (term: string) => boolean,
): Rewriter {
  const tells = (token: Token): boolean => token.term !== '' && !isStopWord(token.term);

  return {
    type: 'question',
    rewrite(tree, context) {
      const list = createAppliedList('question', context);
      const texts = textsOf(tree, { negated: false });
      const isQuestion = texts.some(asksSomething);
      const tellsSomething =
        hasOtherNodes(tree) || texts.some((text) => analyzer.analyze(text).some(tells));
      if (!isQuestion || !tellsSomething) return { tree, applied: [] };

      function keepTelling(text: string): string[] {
        const tokens = analyzer.analyze(text);
        if (!tokens.some((token) => token.term !== '' && !tells(token))) return [text];
        const kept = stretches(tokens, tells);
        return list.add(text, kept.length === 0 ? '（略去）' : kept.join(' ')) ? kept : [text];
      }

      return {
        tree: mapConjunctions(tree, (members, { negated, titleOnly }) =>
          members.flatMap((node): QueryNode[] =>
            node.type !== 'text' || negated || titleOnly
              ? [node]
              : keepTelling(node.text).map((text) => ({ type: 'text', text })),
          ),
        ),
        applied: list.applied,
      };
    },
  };
}

/** Parts of the query that no dropped word can empty. */
function hasOtherNodes(tree: QueryNode): boolean {
  if (tree.type === 'and') return tree.nodes.some(hasOtherNodes);
  return tree.type === 'named-park' || tree.type === 'phrase';
}

/** The text of the tokens that stay, side by side ones together. The name of a work stays whole: 《求是》. */
function stretches(tokens: readonly Token[], stays: (token: Token) => boolean): string[] {
  const texts: string[] = [];
  let current = '';
  let inWork = false;
  for (const token of tokens) {
    if (token.text.includes('《')) inWork = true;
    else if (token.text.includes('》')) inWork = false;
    if (stays(token) || (inWork && token.term !== '')) current += token.text;
    else if (current !== '') {
      texts.push(current);
      current = '';
    }
  }
  return current === '' ? texts : [...texts, current];
}
