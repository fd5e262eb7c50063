import type { QueryNode } from '../query/query.ts';
import { tokenizeQuery } from '../query/query-tokens.ts';
import { createAppliedList } from './applied-list.ts';
import type { Rewriter } from './rewrite.ts';
import { mapConjunctions } from './tree-rewriting.ts';

const LETTERS_AND_DIGITS = /[０-９Ａ-Ｚａ-ｚ]/g;
const SIGNS_OF_FIGURES = /[．％＋－／＆＃＠＿＊]/g;
const COMMAS_IN_FIGURES = /(?<=[0-9])，(?=[0-9])/g;

/** Full-width letters, digits and the signs of figures made half-width: `ＧＤＰ增长３．８％ → GDP增长3.8%`. */
export const widthRewriter: Rewriter = {
  type: 'width',
  rewrite(tree, context) {
    const list = createAppliedList('width', context);
    const narrow = (text: string): string => {
      const narrowed = toHalfWidth(text);
      return narrowed === text || !list.add(text, narrowed) ? text : narrowed;
    };
    return {
      tree: mapConjunctions(tree, (members) =>
        members.map((node): QueryNode => {
          if (node.type === 'text') return { type: 'text', text: narrow(node.text) };
          return node.type === 'park' ? { type: 'park', name: narrow(node.name) } : node;
        }),
      ),
      applied: list.applied,
    };
  },
};

/**
 * Chinese punctuation keeps its width. A text that the query language would then read as one of its
 * signs (`－招商`, `ＯＲ`) stays as it is, or only its letters and digits change.
 */
function toHalfWidth(text: string): string {
  const letters = text.replace(LETTERS_AND_DIGITS, narrowUnit);
  if (letters !== text || /[0-9A-Za-z]/.test(text)) {
    const all = letters
      .replace(SIGNS_OF_FIGURES, narrowUnit)
      .replace(COMMAS_IN_FIGURES, narrowUnit);
    if (isOneText(all)) return all;
  }
  return isOneText(letters) ? letters : text;
}

function narrowUnit(unit: string): string {
  return String.fromCharCode(unit.charCodeAt(0) - 0xfee0);
}

function isOneText(text: string): boolean {
  const [token, ...more] = tokenizeQuery(text);
  return more.length === 0 && token?.type === 'text' && token.text === text;
}
