import type { Analyzer, Token } from '../../indexer/analyzer/analyzer.ts';
import { textNodes, type QueryNode } from '../query/query.ts';
import { createRewriter, type Rewriter } from './rewrite.ts';
import { textsOf } from './tree-rewriting.ts';

// 几 alone is also in 几内亚 and in 几个重大关系, which asks nothing.
const ASKING =
  /[？?]|什么|甚么|哪|多少|多大|多久|多长|如何|怎么|怎样|谁|何时|何地|为何|为什么|是否|能否|请问|[第有共]几|[吗呢]$/u;

/** Whether a text reads like a question: 哪些园区获批了？ */
export function asksSomething(text: string): boolean {
  return ASKING.test(text);
}

/**
 * Stop and question words dropped from questions: `请问哪些园区在2022年获批？ → 园区 2022年获批`. A
 * query that asks nothing stays as it is: its stop words may be part of a headline.
 */
export function createQuestionRewriter(
  analyzer: Pick<Analyzer, 'analyze'>,
  isStopWord: (term: string) => boolean,
): Rewriter {
  const isSignificant = ({ term }: Token): boolean => term !== '' && !isStopWord(term);

  return createRewriter('question', (tree, note) => {
    const texts = textsOf(tree);
    if (!texts.some(asksSomething)) return null;
    const keepsSomething =
      hasOtherNodes(tree) || texts.some((text) => analyzer.analyze(text).some(isSignificant));
    if (!keepsSomething) return null;

    function significantPart(text: string): string[] {
      const tokens = analyzer.analyze(text);
      if (tokens.every((token) => token.term === '' || isSignificant(token))) return [text];
      const left = stretches(tokens, isSignificant);
      return note(text, left.length === 0 ? '（略去）' : left.join(' ')) ? left : [text];
    }

    return (members, { negated, titleOnly }) =>
      members.flatMap((node): QueryNode[] =>
        node.type !== 'text' || negated || titleOnly
          ? [node]
          : significantPart(node.text).flatMap(textNodes),
      );
  });
}

/** Parts of the query that no dropped word can empty. */
function hasOtherNodes(tree: QueryNode): boolean {
  if (tree.type === 'and') return tree.nodes.some(hasOtherNodes);
  return tree.type === 'named-park' || tree.type === 'phrase';
}

/** The text of the tokens that stay, side by side ones together. The name of a work stays whole: 《求是》. */
function stretches(tokens: readonly Token[], stays: (token: Token) => boolean): string[] {
  const texts = [''];
  let inWork = false;
  for (const token of tokens) {
    if (token.text.includes('《')) inWork = true;
    else if (token.text.includes('》')) inWork = false;
    if (stays(token) || (inWork && token.term !== '')) texts[texts.length - 1]! += token.text;
    else texts.push('');
  }
  return texts.filter((text) => text !== '');
}
