import type { Park } from '../../config/gazetteer.ts';
import { textNodes, type QueryNode } from '../query/query.ts';
import { pinyinLetters, unlikelihood, type PinyinTable } from './pinyin-table.ts';
import { createRewriter, type Rewriter } from './rewrite.ts';
import type { NodePlace } from './tree-rewriting.ts';

/** Bounds the work on a long run of Latin words; no park's name has more syllables. */
const MOST_WORDS = 24;
const LATIN = '\\p{Script=Latin}\\p{M}';
const LATIN_TEXT = new RegExp(`^[${LATIN}'’‘ʼ1-5-]+$`, 'u');
const LATIN_RUN = new RegExp(`[${LATIN}][${LATIN}'’‘ʼ]*`, 'gu');

/**
 * A park's name in pinyin or initials → the park: `guiyang gaoxinqu`, `gygxq招商`. Only when one park
 * is likelier than all others of that spelling; the others are for suggestions.
 */
export function createPinyinRewriter(table: PinyinTable): Rewriter {
  return createRewriter('pinyin', (_tree, note) => {
    /** The only park of that spelling; null also when it is to stay as typed. */
    const meant = (typed: string): Park | null => {
      const park = onlyPark(table, typed);
      return park !== null && note(typed, park.name) ? park : null;
    };
    const nodeFor = ({ id, name }: Park, typed: string, { titleOnly }: NodePlace): QueryNode =>
      titleOnly ? { type: 'text', text: name } : { type: 'named-park', id, name, typed };

    function rewrite(members: readonly QueryNode[], place: NodePlace): QueryNode[] {
      const nodes: QueryNode[] = [];
      for (let at = 0; at < members.length;) {
        const spelled = longestFrom(members, at, place);
        nodes.push(...(spelled?.nodes ?? rewriteMember(members[at]!, place)));
        at += spelled?.count ?? 1;
      }
      return nodes;
    }

    /** As many texts side by side as together spell a park. */
    function longestFrom(members: readonly QueryNode[], at: number, place: NodePlace) {
      const texts: string[] = [];
      for (const node of members.slice(at, at + MOST_WORDS)) {
        if (node.type !== 'text' || !LATIN_TEXT.test(node.text)) break;
        texts.push(node.text);
      }
      for (let count = texts.length; count > 0; count--) {
        const typed = texts.slice(0, count).join(' ');
        if (onlyPark(table, typed) === null) continue;
        const park = meant(typed);
        const asTyped: readonly QueryNode[] = place.titleOnly
          ? [{ type: 'text', text: typed }]
          : members.slice(at, at + count);
        return { count, nodes: park === null ? asTyped : [nodeFor(park, typed, place)] };
      }
      return null;
    }

    function rewriteMember(node: QueryNode, place: NodePlace): QueryNode[] {
      if (node.type === 'park')
        return [{ type: 'park', name: meant(node.name)?.name ?? node.name }];
      return node.type === 'text' && !place.negated ? splitText(node.text, place) : [node];
    }

    function splitText(text: string, place: NodePlace): QueryNode[] {
      if (LATIN_TEXT.test(text)) return textNodes(text);
      const nodes: QueryNode[] = [];
      let start = 0;
      for (const { 0: run, index } of text.matchAll(LATIN_RUN)) {
        const park = meant(run);
        if (park === null) continue;
        nodes.push(...textNodes(text.slice(start, index)), nodeFor(park, run, place));
        start = index + run.length;
      }
      return [...nodes, ...textNodes(text.slice(start))];
    }

    return rewrite;
  });
}

/** The park that is likelier than all others spelled so. */
function onlyPark(table: PinyinTable, typed: string): Park | null {
  const [first, second] = table.spelledExactly(pinyinLetters(typed));
  if (first === undefined || first.kind === 'ambiguous') return null;
  const isTied = second !== undefined && unlikelihood(second) === unlikelihood(first);
  return isTied ? null : first.park;
}
