import { disjunction, textNodes, type QueryNode } from '../query/query.ts';
import { serializeQuery } from '../query/serialize-query.ts';
import { LONGEST_DATE_WORD, readDateWord, type DateWord } from './date-words.ts';
import { asksSomething } from './question.ts';
import { createRewriter, type Rewriter } from './rewrite.ts';
import { clauseBudget, textsOf, type NodePlace } from './tree-rewriting.ts';

/** UTF-16 in a text. */
interface Place {
  readonly start: number;
  readonly end: number;
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
export function createDateRewriter({
  findParkNames,
}: {
  readonly findParkNames: (text: string) => readonly Place[];
}): Rewriter {
  return createRewriter('date', (tree, note, today) => {
    const budget = clauseBudget(tree);
    const others = textsOf(tree)
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
        else if (node.type === 'text' && !place.negated) rest.push(...attached(node.text, ranges));
        else rest.push(node);
        at += alone?.count ?? 1;
      }
      // 2021年 2022年 asks for both years, not for articles of both at once.
      const range = disjunction(ranges);
      budget.take(Math.max(1, ranges.length));
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
        return { count, nodes: nodesFor(texts.join(' '), word, force, ranges) ?? nodes };
      }
      return null;
    }

    function attached(text: string, ranges: DateNode[]): QueryNode[] {
      const names = findParkNames(text);
      const date = findPlacedDate(text, names, today);
      const asTyped = textNodes(text);
      if (date === null) return asTyped;
      const { start, end } = date;
      const outside = names.filter((name) => name.end <= start || name.start >= end);
      const force = forceOf(text, date, outside);
      if (force === null) return asTyped;
      const nodes = nodesFor(text.slice(start, end), date, force, ranges);
      if (nodes === null) return asTyped;
      return [...remainder(text.slice(0, start)), ...nodes, ...remainder(text.slice(end))];
    }

    /** The nodes that stay in the date's place; ranges are gathered apart. Null when it is to be left as typed. */
    function nodesFor(from: string, word: DateWord, force: Force, ranges: DateNode[]) {
      const date: DateNode = { type: 'date', from: word.from, to: word.to };
      if (force === 'range') {
        if (ranges.length > 0 && ranges.length >= budget.left()) return null;
        if (!note(from, serializeQuery(date))) return null;
        ranges.push(date);
        return [];
      }
      const either: QueryNode = { type: 'or', nodes: [{ type: 'text', text: from }, date] };
      if (budget.left() < 2 || !note(from, serializeQuery(either))) return null;
      budget.take(2);
      return [either];
    }

    return rewrite;
  });
}

/** A date next to a few words narrows the search; in a sentence it is only a hint, or part of a headline. */
function forceOf(text: string, date: DateWord & Place, names: readonly Place[]): Force | null {
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

function remainder(text: string): QueryNode[] {
  return textNodes(
    text.replace(/^[的，,、：:；;。-]+/u, '').replace(/(?<![，,、：:；;])[，,、：:；;]+$/u, ''),
  );
}

/**
 * The date with which a text begins or ends, or that follows one of the names in it, and that is not
 * a piece of another word (2021年度, 今年轻人, 接近一年). Null when there is none.
 */
function findPlacedDate(
  text: string,
  names: readonly Place[],
  today: string,
): (DateWord & Place) | null {
  if (!/[年月周季]|星期|[天日]$/u.test(text)) return null;
  for (const start of [0, ...names.map((name) => name.end)]) {
    const length = Math.min(LONGEST_DATE_WORD, text.length - start);
    for (let end = start + length; end > start + 1; end--) {
      const word = mayEndAt(text, end) ? readDateWord(text.slice(start, end), today) : null;
      if (word !== null) return { ...word, start, end };
    }
  }
  const earliest = Math.max(0, text.length - LONGEST_DATE_WORD);
  for (let start = earliest; start < text.length - 1; start++) {
    const word = mayBeginAt(text, start) ? readDateWord(text.slice(start), today) : null;
    if (word !== null) return { ...word, start, end: text.length };
  }
  return null;
}

/** What after the last character of a date makes it a piece of another word: 年 in 年度. */
const CONTINUES: Readonly<Record<string, string>> = {
  年: '度底初末中报会版货级龄轻前后内均产间代鉴检审终夜薪假利息限份来多起',
  月: '底初末中度刊报饼份球亮',
  日: '报游内前后均产程记本',
  号: '线楼文院店',
  周: '年刊末边围',
  天: '津然气空',
  期: '间',
};
const CONTINUES_NUMBER = /[0-9A-Za-z〇零○一二三四五六七八九十百千]/;
// 后 begins 后疫情时代 and 起 begins 起草.
const NEEDS_END = /[前后起春夏秋冬]/;
const ENDING = /[的，,、。；;：:\s]/u;

function mayEndAt(text: string, end: number): boolean {
  const last = text[end - 1]!;
  const next = text[end];
  if (next === undefined || ENDING.test(next)) return true;
  if (NEEDS_END.test(last) || CONTINUES_NUMBER.test(next)) return false;
  // 年中 is the middle of a year, but 2021年中国 begins with a date.
  if (next === '中' && /^中[国央关新欧俄]/u.test(text.slice(end))) return true;
  return CONTINUES[last]?.includes(next) !== true;
}

/** What before the first character of a date makes it a piece of another word: 近 in 接近. */
const CONTINUED: Readonly<Record<string, string>> = {
  近: '接附将邻靠逼最临新亲远',
  今: '如而当至现迄',
  去: '过',
  前: '以之目此空',
  本: '日根基资成版样',
  过: '超经通',
  上: '海马天',
};

function mayBeginAt(text: string, start: number): boolean {
  const previous = text[start - 1];
  if (previous === undefined) return true;
  if (CONTINUES_NUMBER.test(previous) || previous === '第') return false;
  return CONTINUED[text[start]!]?.includes(previous) !== true;
}
