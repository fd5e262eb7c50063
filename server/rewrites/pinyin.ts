import type { Park } from '../../config/gazetteer.ts';
import type { QueryNode } from '../query/query.ts';
import { createAppliedList } from './applied-list.ts';
import type { PinyinTable, SpelledPark } from './pinyin-table.ts';
import { pinyinLetters, unlikelihood } from './pinyin-table.ts';
import type { Rewriter } from './rewrite.ts';
import { mapConjunctions, type NodePlace } from './tree-rewriting.ts';

/** Bounds the work on a long run of Latin words; no park's name has more syllables. */
const MOST_WORDS = 24;
const LATIN = '\\p{Script=Latin}\\p{M}';
const LATIN_TEXT = new RegExp(`^[${LATIN}'’‘ʼ1-5-]+$`, 'u');
const LATIN_RUN = new RegExp(`[${LATIN}][${LATIN}'’‘ʼ]*`, 'gu');

/**
 * A park's name in pinyin or initials → the park: `guiyang gaoxinqu`, `gygxq招商`. Only when one park
 * is likelier than all others of that spelling; the others are for `createParksByPinyin`.
 */
export function createPinyinRewriter(table: PinyinTable): Rewriter {
  return {
    type: 'pinyin',
    rewrite(tree, context) {
      const list = createAppliedList('pinyin', context);

      /** Null when the letters spell no single park. The text itself when it is to stay as typed. */
      function nodeFor(typed: string, place: NodePlace): QueryNode | null {
        const park = onlyPark(table.spelledExactly(pinyinLetters(typed)));
        if (park === null) return null;
        if (!list.add(typed, park.name)) return { type: 'text', text: typed };
        return place.titleOnly
          ? { type: 'text', text: park.name }
          : { type: 'named-park', id: park.id, name: park.name, typed };
      }

      function rewrite(members: readonly QueryNode[], place: NodePlace): QueryNode[] {
        const nodes: QueryNode[] = [];
        for (let at = 0; at < members.length;) {
          const spelled = longestFrom(members, at, place);
          nodes.push(...(spelled?.nodes ?? rewriteMember(members[at]!, place)));
          at += spelled?.count ?? 1;
        }
        return nodes;
      }

      function longestFrom(members: readonly QueryNode[], at: number, place: NodePlace) {
        const texts: string[] = [];
        for (const node of members.slice(at, at + MOST_WORDS)) {
          if (node.type !== 'text' || !LATIN_TEXT.test(node.text)) break;
          texts.push(node.text);
        }
        for (let count = texts.length; count > 0; count--) {
          const node = nodeFor(texts.slice(0, count).join(' '), place);
          if (node === null) continue;
          return {
            count,
            nodes:
              node.type === 'text' && !place.titleOnly ? members.slice(at, at + count) : [node],
          };
        }
        return null;
      }

      function rewriteMember(node: QueryNode, place: NodePlace): QueryNode[] {
        if (node.type === 'park') return [rewriteField(node.name)];
        return node.type === 'text' && !place.negated ? splitText(node.text, place) : [node];
      }

      function splitText(text: string, place: NodePlace): QueryNode[] {
        if (LATIN_TEXT.test(text)) return [{ type: 'text', text }];
        const nodes: QueryNode[] = [];
        let start = 0;
        for (const run of text.matchAll(LATIN_RUN)) {
          const node = nodeFor(run[0], place);
          if (node === null || (node.type === 'text' && node.text === run[0])) continue;
          if (run.index > start) nodes.push({ type: 'text', text: text.slice(start, run.index) });
          nodes.push(node);
          start = run.index + run[0].length;
        }
        if (start < text.length) nodes.push({ type: 'text', text: text.slice(start) });
        return nodes;
      }

      function rewriteField(name: string): QueryNode {
        const park = onlyPark(table.spelledExactly(pinyinLetters(name)));
        return park !== null && list.add(name, park.name)
          ? { type: 'park', name: park.name }
          : { type: 'park', name };
      }

      return { tree: mapConjunctions(tree, rewrite), applied: list.applied };
    },
  };
}

/**
 * Builds the answer to letters that may be a park's pinyin or initials: parks spelled exactly so,
 * then those whose names begin so, the likeliest first. For suggestions.
 */
export function createParksByPinyin(table: PinyinTable): (text: string) => readonly Park[] {
  return function parksByPinyin(text) {
    const letters = pinyinLetters(text);
    if (!/^[a-z]+$/.test(letters)) return [];
    const spelled = [...table.spelledExactly(letters), ...table.spelledFrom(letters)];
    return [...new Set(spelled.map(({ park }) => park))];
  };
}

function onlyPark([first, second]: readonly SpelledPark[]): Park | null {
  if (first === undefined || first.kind === 'ambiguous') return null;
  const isTied = second !== undefined && unlikelihood(second) === unlikelihood(first);
  return isTied ? null : first.park;
}
