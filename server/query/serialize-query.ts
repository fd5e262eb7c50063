import type { QueryNode } from './query.ts';
import { fieldNamed } from './query-tokens.ts';

/** The query language for a tree; `parseQuery` of the result gives the tree back. */
export function serializeQuery(node: QueryNode | null): string {
  return node === null ? '' : serializeNode(node, 'top');
}

type Place = 'top' | 'and' | 'or' | 'operand';

function serializeNode(node: QueryNode, place: Place): string {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'phrase':
      return quote(node.text);
    case 'title':
      return `标题:${serializeNode(node.node, 'operand')}`;
    case 'park':
      return `园区:${fieldValue(node.name)}`;
    case 'named-park':
      return node.name;
    case 'source':
      return `来源:${fieldValue(node.name)}`;
    case 'date':
      return `日期:${node.from === node.to ? node.from : `${node.from}..${node.to}`}`;
    case 'not':
      return `-${serializeNode(node.node, 'operand')}`;
    case 'and': {
      const text = node.nodes.map((child) => serializeNode(child, 'and')).join(' ');
      return place === 'operand' ? `(${text})` : text;
    }
    case 'or': {
      const text = node.nodes.map((child) => serializeNode(child, 'or')).join(' OR ');
      return place === 'top' ? text : `(${text})`;
    }
    default:
      return node satisfies never;
  }
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function fieldValue(name: string): string {
  return /[\s"＂“”「」『』()（）|｜\\]/u.test(name) || name.startsWith('-') || hasField(name)
    ? quote(name)
    : name;
}

function hasField(name: string): boolean {
  return name === 'OR' || fieldNamed(name.split(/[:：]/u)[0]!) !== undefined;
}
