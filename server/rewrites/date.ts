import type { QueryNode } from '../query/query.ts';
import { serializeQuery } from '../query/serialize-query.ts';
import { createAppliedList, type AppliedList } from './applied-list.ts';
import { roomIn, type Room } from './clause-count.ts';
import { findPlacedDate } from './date-places.ts';
import { readDateWord, type DateWord } from './date-words.ts';
import { asksSomething } from './question-words.ts';
import type { Rewriter } from './rewrite.ts';
import { disjunction, mapConjunctions, textsOf, type NodePlace } from './tree-rewriting.ts';

export interface DateDependencies {
  readonly findParkNames: (
    text: string,
  ) => readonly { readonly start: number; readonly end: number }[];
}

type DateNode = Extract<QueryNode, { type: 'date' }>;

/**
 * How a date counts. `range`: only articles of that time. `either`: those, and all that say it in
 * words, for an answer to “2022年上半年的产值是多少” may well have been printed in August.
 */
type Force = 'range' | 'either';

const SHORT_REST = 6;
const LONG_QUERY = 16;

/** Dates in words → ranges: `贵阳高新区 去年 → 贵阳高新区 日期:2025`. `2022` alone stays a word. */
export function createDateRewriter({ findParkNames }: DateDependencies): Rewriter {
  return {
    type: 'date',
    rewrite(tree, context) {
      const list = createAppliedList('date', context);
      const room = roomIn(tree);
      const { today } = context;
      const others = textsOf(tree, { negated: false })
        .filter((text) => readDateWord(text, today) === null)
        .join('').length;

      function rewrite(members: readonly QueryNode[], place: NodePlace): readonly QueryNode[] {
        // A headline is searched for the words that are in it.
        if (place.titleOnly) return members;
        const ranges: DateNode[] = [];
        const rest: QueryNode[] = [];
        for (let at = 0; at < members.length;) {
          const node = members[at]!;
          const alone = node.type === 'text' ? dateAlone(members, at, ranges) : null;
          if (alone !== null) rest.push(...alone.nodes);
          else if (node.type === 'text' && !place.negated)
            rest.push(...attached(node.text, ranges));
          else rest.push(node);
          at += alone?.count ?? 1;
        }
        // 2021年 2022年 asks for both years, not for articles of both at once.
        const range = disjunction(ranges);
        room.take(Math.max(1, ranges.length));
        return range === null ? rest : [...rest, range];
      }

      /** A date that is one whole text, or several side by side: 2021年 3月. */
      function dateAlone(members: readonly QueryNode[], at: number, ranges: DateNode[]) {
        for (let count = 3; count > 0; count--) {
          const nodes = members.slice(at, at + count);
          const texts = nodes.flatMap((node) => (node.type === 'text' ? [node.text] : []));
          const joined = texts.join('');
          const word = texts.length === count ? readDateWord(joined, today) : null;
          if (word === null) continue;
          const force = others > LONG_QUERY || isOfAnyYear(joined) ? 'either' : 'range';
          return { count, nodes: note(list, texts.join(' '), word, force, ranges, room) ?? nodes };
        }
        return null;
      }

      function attached(text: string, ranges: DateNode[]): QueryNode[] {
        const names = findParkNames(text);
        const date = findPlacedDate(text, names, today);
        const asTyped: QueryNode[] = [{ type: 'text', text }];
        if (date === null) return asTyped;
        const outside = names.filter((name) => name.end <= date.start || name.start >= date.end);
        const force = forceOf(text, date, outside);
        if (force === null) return asTyped;
        const word = note(list, text.slice(date.start, date.end), date, force, ranges, room);
        if (word === null) return asTyped;
        return [
          ...remainder(text.slice(0, date.start)),
          ...word,
          ...remainder(text.slice(date.end)),
        ];
      }

      return { tree: mapConjunctions(tree, rewrite), applied: list.applied };
    },
  };
}

/** A date next to a few words narrows the search; in a sentence it is only a hint, or part of a headline. */
function forceOf(
  text: string,
  date: DateWord & { readonly start: number; readonly end: number },
  names: readonly { readonly start: number; readonly end: number }[],
): Force | null {
  const named = names.reduce((length, name) => length + name.end - name.start, 0);
  const rest = text.length - (date.end - date.start) - named;
  if (rest > SHORT_REST || asksSomething(text)) return names.length > 0 ? 'either' : null;
  return names.length > 0 || (date.relative && !isOfAnyYear(text.slice(date.start)))
    ? 'range'
    : 'either';
}

/** 上半年 without a year is as often said of any year. */
function isOfAnyYear(text: string): boolean {
  return /^[上下]半年/.test(text);
}

/** The nodes that stay in the date's place; ranges are gathered apart. Null when it is to be left as typed. */
function note(
  list: AppliedList,
  from: string,
  word: DateWord,
  force: Force,
  ranges: DateNode[],
  room: Room,
): QueryNode[] | null {
  const date: DateNode = { type: 'date', from: word.from, to: word.to };
  if (force === 'range') {
    if (ranges.length > 0 && ranges.length >= room.left()) return null;
    if (!list.add(from, serializeQuery(date))) return null;
    ranges.push(date);
    return [];
  }
  const either: QueryNode = { type: 'or', nodes: [{ type: 'text', text: from }, date] };
  if (room.left() < 2 || !list.add(from, serializeQuery(either))) return null;
  room.take(2);
  return [either];
}

function remainder(text: string): QueryNode[] {
  const trimmed = text
    .replace(/^[的，,、：:；;。-]+/u, '')
    .replace(/(?<![，,、：:；;])[，,、：:；;]+$/u, '');
  return trimmed === '' ? [] : [{ type: 'text', text: trimmed }];
}
