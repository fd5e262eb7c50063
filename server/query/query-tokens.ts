/** The signs of the query language; `start` and `end` are UTF-16 in the input. */
export type QueryToken = { readonly start: number; readonly end: number } & (
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'phrase'; readonly text: string }
  | { readonly type: 'stray-quote' }
  | { readonly type: 'field'; readonly field: FieldName }
  | { readonly type: 'not' | 'or' | 'open' | 'close' }
);

export type FieldName = 'title' | 'park' | 'source' | 'date';

const FIELDS: Readonly<Record<string, FieldName>> = {
  标题: 'title',
  標題: 'title',
  title: 'title',
  园区: 'park',
  園區: 'park',
  park: 'park',
  来源: 'source',
  來源: 'source',
  source: 'source',
  日期: 'date',
  date: 'date',
};

const CLOSING_QUOTE: Readonly<Record<string, string>> = {
  '"': '"',
  '＂': '＂',
  '“': '”',
  '「': '」',
  '『': '』',
};
const STRAY_CLOSING = new Set(['”', '」', '』']);
const OPEN = new Set(['(', '（']);
const CLOSE = new Set([')', '）']);
const OR_SIGNS = new Set(['|', '｜']);

const isSpace = (character: string) => /\s/u.test(character);
const endsText = (character: string) =>
  isSpace(character) ||
  character in CLOSING_QUOTE ||
  STRAY_CLOSING.has(character) ||
  OPEN.has(character) ||
  CLOSE.has(character) ||
  OR_SIGNS.has(character);

/** Cuts a query into its signs; never throws, and every character but white space lies in one of them. */
export function tokenizeQuery(input: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  let at = 0;
  while (at < input.length) {
    const start = at;
    const character = input[at]!;
    if (isSpace(character)) {
      at += 1;
    } else if (character in CLOSING_QUOTE) {
      const end = closingQuote(input, at + 1, CLOSING_QUOTE[character]!);
      at = end === -1 ? at + 1 : end + 1;
      tokens.push(
        end === -1
          ? { type: 'stray-quote', start, end: at }
          : { type: 'phrase', text: unescape(input.slice(start + 1, end)), start, end: at },
      );
    } else if (STRAY_CLOSING.has(character)) {
      at += 1;
      tokens.push({ type: 'stray-quote', start, end: at });
    } else if (OPEN.has(character) || CLOSE.has(character) || OR_SIGNS.has(character)) {
      at += 1;
      const type = OPEN.has(character) ? 'open' : CLOSE.has(character) ? 'close' : 'or';
      tokens.push({ type, start, end: at });
    } else if (character === '-' && at + 1 < input.length && !/[\s-]/u.test(input[at + 1]!)) {
      at += 1;
      tokens.push({ type: 'not', start, end: at });
    } else {
      at = pushText(input, start, tokens);
    }
  }
  return tokens;
}

function pushText(input: string, start: number, tokens: QueryToken[]): number {
  let end = start;
  while (end < input.length && !(end > start && endsText(input[end]!))) {
    if (input[end] === ':' || input[end] === '：') {
      const field = fieldNamed(input.slice(start, end));
      if (field !== undefined) {
        tokens.push({ type: 'field', field, start, end: end + 1 });
        return end + 1;
      }
    }
    end += 1;
  }
  const text = input.slice(start, end);
  tokens.push(text === 'OR' ? { type: 'or', start, end } : { type: 'text', text, start, end });
  return end;
}

/** The field of that name, Chinese or Latin, in any case. */
export function fieldNamed(name: string): FieldName | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
}

function closingQuote(input: string, from: number, closing: string): number {
  for (let at = from; at < input.length; at += 1) {
    if (input[at] === '\\') at += 1;
    else if (input[at] === closing) return at;
  }
  return -1;
}

function unescape(quoted: string): string {
  return quoted.replace(/\\(["\\])/g, '$1');
}
