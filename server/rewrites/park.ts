import type { Park } from '../../config/gazetteer.ts';
import type { ParkNameFinder } from '../../indexer/annotators/park-names.ts';
import type { ParkName } from '../../indexer/annotators/park-lexicon.ts';
import { disjunction, textNodes, type QueryNode } from '../query/query.ts';
import { plainBrackets } from './bracketed-names.ts';
import { properNames } from './park-names.ts';
import { createRewriter, type Rewriter } from './rewrite.ts';
import { clauseBudget, textsOf, type NodePlace } from './tree-rewriting.ts';

/**
 * Names, full names, aliases and former names of parks → the park: `贵阳国家高新区营商环境 →
 * 贵阳高新区 营商环境`. An ambiguous name only where another part of the query decides: `武汉 光谷`.
 * In a title the park's usual name is searched for as well as the one typed.
 */
export function createParkRewriter(finder: ParkNameFinder): Rewriter {
  return createRewriter('park', (tree, note) => {
    const budget = clauseBudget(tree);
    const namesIn = findNames(tree, finder);

    /** The nodes for a name, or null when it is to stay a word. */
    function nodeFor({ park, name }: ParkName, place: NodePlace): QueryNode | null {
      const typed = plainBrackets(name);
      const isUsual = typed === park.name;
      if (place.titleOnly) {
        if (isUsual || budget.left() < 2) return null;
        if (!note(typed, `${typed} OR ${park.name}`)) return null;
        budget.take(2);
        return disjunction([name, park.name].map((text) => ({ type: 'text', text })));
      }
      const shown = isUsual ? `${park.name}（含别称、旧称）` : park.name;
      if ((!isUsual || hasOtherNames(park)) && !note(typed, shown)) return null;
      return { type: 'named-park', id: park.id, name: park.name, typed };
    }

    function rewriteText(text: string, place: NodePlace): QueryNode[] {
      const names = namesIn(text, place.negated);
      // -贵阳高新区营商环境 excludes that wording, not all articles with both of its parts.
      if (place.negated && names[0]?.name !== text) return textNodes(text);
      const nodes: QueryNode[] = [];
      let start = 0;
      for (const found of names) {
        const node = nodeFor(found, place);
        if (node === null) continue;
        nodes.push(...words(text.slice(start, found.start)), node);
        start = found.end;
      }
      return start === 0 ? textNodes(text) : [...nodes, ...words(text.slice(start))];
    }

    function rewriteField(name: string): QueryNode {
      const [found] = finder.findParkNames(name);
      const isOther = found?.name === name && found.park.name !== name;
      const isRewritten = isOther && note(name, found.park.name);
      return { type: 'park', name: isRewritten ? found.park.name : name };
    }

    return (members, place) =>
      onceEach(
        members.flatMap((node) => {
          if (node.type === 'text') return rewriteText(node.text, place);
          return node.type === 'park' ? [rewriteField(node.name)] : [node];
        }),
      );
  });
}

/** What the query as a whole decides about the names in its texts; what it excludes decides nothing. */
function findNames(
  tree: QueryNode,
  finder: ParkNameFinder,
): (text: string, negated: boolean) => readonly ParkName[] {
  const texts = textsOf(tree);
  const found = finder.findInFields(texts).map((names) => names.filter((name) => 'park' in name));
  return (text, negated) => {
    const names = negated ? finder.findParkNames(text) : (found[texts.lastIndexOf(text)] ?? []);
    // Not the 武汉 of 武汉、襄阳高新区, which is a place that a person may have meant as such.
    return names.filter(({ kind }) => kind !== 'enumerated' && kind !== 'abbreviation');
  };
}

function hasOtherNames(park: Park): boolean {
  return park.formerNames.length > 0 || properNames(park).some((name) => name !== park.name);
}

function words(text: string): QueryNode[] {
  const trimmed = text
    .replace(/^[的、，,·:：-]+/u, '')
    .replace(/(?<![、，,·:：])[、，,·:：]+$/u, '');
  return /[\p{L}\p{N}]/u.test(trimmed) ? textNodes(trimmed) : [];
}

/** 武汉光谷 东湖高新区 names one park twice. */
function onceEach(nodes: readonly QueryNode[]): QueryNode[] {
  const seen = new Set<string>();
  return nodes.filter(
    (node) => node.type !== 'named-park' || (!seen.has(node.id) && seen.add(node.id)),
  );
}
