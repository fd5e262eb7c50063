import type { Park } from '../../config/gazetteer.ts';
import type { ParkNameFinder } from '../../indexer/annotators/park-names.ts';
import type { ParkName } from '../../indexer/annotators/park-lexicon.ts';
import type { QueryNode } from '../query/query.ts';
import { createAppliedList } from './applied-list.ts';
import { roomIn } from './clause-count.ts';
import { plainBrackets } from './bracketed-names.ts';
import type { Rewriter } from './rewrite.ts';
import { disjunction, mapConjunctions, textsOf, type NodePlace } from './tree-rewriting.ts';

/**
 * Names, full names, aliases and former names of parks → the park: `贵阳国家高新区营商环境 →
 * 贵阳高新区 营商环境`. An ambiguous name only where another part of the query decides: `武汉 光谷`.
 * In a title the park's usual name is searched for as well as the one typed.
 */
export function createParkRewriter(finder: ParkNameFinder): Rewriter {
  return {
    type: 'park',
    rewrite(tree, context) {
      const list = createAppliedList('park', context);
      const room = roomIn(tree);
      const namesIn = findNames(tree, finder);

      /** The nodes for a name, or null when it is to stay a word. */
      function nodeFor({ park, name }: ParkName, place: NodePlace): QueryNode | null {
        const typed = plainBrackets(name);
        if (place.titleOnly) {
          if (typed === park.name || room.left() < 2) return null;
          if (!list.add(typed, `${typed} OR ${park.name}`)) return null;
          room.take(2);
          return disjunction([
            { type: 'text', text: name },
            { type: 'text', text: park.name },
          ]);
        }
        const changes = typed !== park.name || hasOtherNames(park);
        if (changes && !list.add(typed, shownName(park, typed))) return null;
        return { type: 'named-park', id: park.id, name: park.name, typed };
      }

      function rewriteText(text: string, place: NodePlace): QueryNode[] {
        const names = namesIn(text, place.negated);
        // -贵阳高新区营商环境 excludes that wording, not all articles with both of its parts.
        if (place.negated && names[0]?.name !== text) return [{ type: 'text', text }];
        const nodes: QueryNode[] = [];
        let start = 0;
        for (const found of names) {
          const node = nodeFor(found, place);
          if (node === null) continue;
          nodes.push(...words(text.slice(start, found.start)), node);
          start = found.end;
        }
        return start === 0 ? [{ type: 'text', text }] : [...nodes, ...words(text.slice(start))];
      }

      function rewriteField(name: string): QueryNode {
        const [found] = finder.findParkNames(name);
        const field: QueryNode = { type: 'park', name };
        if (found?.name !== name || found.park.name === name) return field;
        return list.add(name, found.park.name) ? { type: 'park', name: found.park.name } : field;
      }

      return {
        tree: mapConjunctions(tree, (members, place) =>
          onceEach(
            members.flatMap((node) => {
              if (node.type === 'text') return rewriteText(node.text, place);
              return node.type === 'park' ? [rewriteField(node.name)] : [node];
            }),
          ),
        ),
        applied: list.applied,
      };
    },
  };
}

/** What the query as a whole decides about the names in its texts; what it excludes decides nothing. */
function findNames(
  tree: QueryNode,
  finder: ParkNameFinder,
): (text: string, negated: boolean) => readonly ParkName[] {
  const texts = textsOf(tree, { negated: false });
  const found = new Map<string, readonly ParkName[]>();
  finder.findInFields(texts).forEach((names, at) => {
    const certain = names.filter((name) => 'park' in name).filter(isWritten);
    found.set(texts[at]!, certain);
  });
  return (text, negated) =>
    negated ? finder.findParkNames(text).filter(isWritten) : (found.get(text) ?? []);
}

/** Not the 武汉 of 武汉、襄阳高新区, which is a place that a person may have meant as such. */
function isWritten({ kind }: ParkName): boolean {
  return kind !== 'enumerated' && kind !== 'abbreviation';
}

function shownName(park: Park, typed: string): string {
  return typed === park.name ? `${park.name}（含别称、旧称）` : park.name;
}

function hasOtherNames({ name, fullName, aliases, formerNames }: Park): boolean {
  return formerNames.length > 0 || [fullName, ...aliases].some((other) => other !== name);
}

function words(text: string): QueryNode[] {
  const trimmed = text
    .replace(/^[的、，,·:：-]+/u, '')
    .replace(/(?<![、，,·:：])[、，,·:：]+$/u, '');
  return /[\p{L}\p{N}]/u.test(trimmed) ? [{ type: 'text', text: trimmed }] : [];
}

/** 武汉光谷 东湖高新区 names one park twice. */
function onceEach(nodes: readonly QueryNode[]): QueryNode[] {
  const seen = new Set<string>();
  return nodes.filter((node) => {
    if (node.type !== 'named-park') return true;
    if (seen.has(node.id)) return false;
    seen.add(node.id);
    return true;
  });
}
