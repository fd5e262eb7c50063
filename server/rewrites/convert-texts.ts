import { simplifyRuns } from '../../indexer/analyzer/simplified.ts';
import { tokenizeQuery } from '../query/query-tokens.ts';
import { createRewriter, type Rewriter, type RewriteType } from './rewrite.ts';

/** Full-width letters, digits and the signs of figures made half-width: `ＧＤＰ增长３．８％ → GDP增长3.8%`. */
export const widthRewriter = textConverter('width', toHalfWidth);

/** Traditional characters made simplified, by phrases, as in the index: `貴陽綜保區 → 贵阳综保区`. */
export const traditionalRewriter = textConverter('traditional', simplifyRuns);

/** A rewriter that converts each text and each name of a park by itself. */
function textConverter(type: RewriteType, convert: (text: string) => string): Rewriter {
  return createRewriter(type, (_tree, note) => {
    const convertUnlessLiteral = (text: string): string => {
      const converted = convert(text);
      return converted === text || !note(text, converted) ? text : converted;
    };
    return (members) =>
      members.map((node) => {
        if (node.type === 'text') return { ...node, text: convertUnlessLiteral(node.text) };
        return node.type === 'park' ? { ...node, name: convertUnlessLiteral(node.name) } : node;
      });
  });
}

/**
 * Chinese punctuation keeps its width. A text that the query language would then read as one of its
 * signs (`－招商`, `ＯＲ`) stays as it is, or only its letters and digits change.
 */
function toHalfWidth(text: string): string {
  const letters = text.replace(/[０-９Ａ-Ｚａ-ｚ]/g, narrowUnit);
  const figures = /[0-9A-Za-z]/.test(letters)
    ? letters.replace(/[．％＋－／＆＃＠＿＊]|(?<=[0-9])，(?=[0-9])/g, narrowUnit)
    : letters;
  return [figures, letters].find(isOneText) ?? text;
}

function narrowUnit(unit: string): string {
  return String.fromCharCode(unit.charCodeAt(0) - 0xfee0);
}

function isOneText(text: string): boolean {
  const [token, ...more] = tokenizeQuery(text);
  return more.length === 0 && token?.type === 'text' && token.text === text;
}
