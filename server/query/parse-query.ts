import { dayRange } from '../../indexer/core/day-range.ts';
import type { QueryNode, QueryNotice } from './query.ts';
import { conjunction, disjunction, QuerySyntaxError } from './query.ts';
import { tokenizeQuery, type FieldName, type QueryToken } from './query-tokens.ts';

const MAX_DEPTH = 20;
const MAX_SIGNS = 500;

/**
 * The tree of a query, null when nothing is asked for. A stray quote or bracket is left out with a notice and
 * the rest still searches.
 * @throws QuerySyntaxError for a date that is none, brackets too deep, or too many parts.
 */
export function parseQuery(input: string) {
  const tokens = tokenizeQuery(input);
  if (tokens.length > MAX_SIGNS)
    throw new QuerySyntaxError(
      `检索式过长：最多 ${MAX_SIGNS} 个词与符号`,
      input,
      tokens[MAX_SIGNS]!.start,
    );
  const notices: QueryNotice[] = [];
  const notice = (message: string, position: number) => notices.push({ message, position });
  let at = 0;

  function parseOr(depth: number): QueryNode | null {
    const nodes: QueryNode[] = [];
    for (;;) {
      const node = parseAnd(depth);
      if (node !== null) nodes.push(node);
      const token = tokens[at];
      if (token?.type !== 'or') break;
      at += 1;
      const next = tokens[at];
      if (node === null || next === undefined || next.type === 'or' || next.type === 'close')
        notice('“或”的一边是空的，已略去', token.start);
    }
    return disjunction(nodes);
  }

  function parseAnd(depth: number): QueryNode | null {
    const nodes: QueryNode[] = [];
    for (;;) {
      const token = tokens[at];
      if (token === undefined || token.type === 'or') break;
      if (token.type === 'close') {
        if (depth > 0) break;
        notice('多出一个右括号，已略去', token.start);
        at += 1;
        continue;
      }
      const node = parseUnary(token, depth);
      if (node !== null) nodes.push(node);
    }
    return conjunction(nodes);
  }

  function parseUnary(token: QueryToken, depth: number): QueryNode | null {
    at += 1;
    switch (token.type) {
      case 'text':
        return { type: 'text', text: token.text };
      case 'phrase':
        if (token.text.trim() === '') return null;
        return { type: 'phrase', text: token.text };
      case 'stray-quote':
        notice('引号不成对，已略去', token.start);
        return null;
      case 'open':
        return parseGroup(token, depth);
      case 'not': {
        const operand = operandAfter(token, depth);
        if (operand === null) return null;
        return operand.type === 'not' ? operand.node : { type: 'not', node: operand };
      }
      case 'field':
        return parseField(token, token.field, depth);
      case 'or':
      case 'close':
        return null;
      default:
        return token satisfies never;
    }
  }

  function parseGroup(open: QueryToken, depth: number): QueryNode | null {
    if (depth >= MAX_DEPTH)
      throw new QuerySyntaxError(`括号最多 ${MAX_DEPTH} 层`, input, open.start);
    const node = parseOr(depth + 1);
    if (tokens[at]?.type === 'close') at += 1;
    else notice('少一个右括号，已补在末尾', open.start);
    return node;
  }

  function operandAfter(sign: QueryToken, depth: number): QueryNode | null {
    const token = tokens[at];
    if (token === undefined || token.start !== sign.end || token.type === 'close') {
      notice('符号后面没有词，已略去', sign.start);
      return null;
    }
    return parseUnary(token, depth + 1 > MAX_DEPTH ? MAX_DEPTH : depth);
  }

  function parseField(sign: QueryToken, field: FieldName, depth: number): QueryNode | null {
    const valueAt = tokens[at]?.start ?? sign.end;
    if (field === 'title') {
      const node = operandAfter(sign, depth);
      return node === null ? null : { type: 'title', node };
    }
    const token = tokens[at];
    if (token?.start !== sign.end || (token.type !== 'text' && token.type !== 'phrase')) {
      notice('冒号后面没有内容，已略去', sign.start);
      return null;
    }
    at += 1;
    return field === 'date'
      ? parseDates(token.text, input, valueAt)
      : { type: field, name: token.text };
  }

  return { tree: parseOr(0), notices };
}

function parseDates(text: string, input: string, position: number): QueryNode {
  const ends = text.split('..');
  const [from, to] = ends.length === 1 ? [text, text] : ends;
  const isDate = (end: string) => end === '' || dayRange(end) !== null;
  if (ends.length > 2 || from === undefined || to === undefined || !isDate(from) || !isDate(to))
    throw new QuerySyntaxError(
      `看不懂日期“${text}”，请写作 2022、2022-03、2022-03-01 或 2021..2022-03`,
      input,
      position,
    );
  if (from === '' && to === '')
    throw new QuerySyntaxError('日期的起止都是空的，请至少写一端', input, position);
  return { type: 'date', from, to };
}
