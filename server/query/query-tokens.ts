/** The signs of the query language; `start` and `end` are UTF-16 in the input. */
export type QueryToken = { readonly start: number; readonly end: number } & (
  | { readonly type: 'text' | 'phrase'; readonly text: string }
  | { readonly type: 'field'; readonly field: FieldName }
  | { readonly type: 'not' | 'or' | 'open' | 'close' | 'stray-quote' }
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
const SIGNS: Readonly<Record<string, 'open' | 'close' | 'or' | 'stray-quote'>> = {
  '(': 'open',
  '（': 'open',
  ')': 'close',
  '）': 'close',
  '|': 'or',
  '｜': 'or',
  '”': 'stray-quote',
  '」': 'stray-quote',
  '』': 'stray-quote',
};

const isSpace = (character: string) => /\s/u.test(character);
const endsText = (character: string) =>
  isSpace(character) || character in CLOSING_QUOTE || character in SIGNS;

/** Cuts a query into its signs; never throws, and every character but white space lies in one of them. */
export function tokenizeQuery(input: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  let at = 0;
  while (at < input.length) {
    const start = at;
    const character = input[at]!;
    at += 1;
    if (isSpace(character)) continue;
    const sign = SIGNS[character];
    const closing = CLOSING_QUOTE[character];
    if (sign !== undefined) tokens.push({ type: sign, start, end: at });
    else if (closing !== undefined) {
      const end = closingQuote(input, at, closing);
      if (end === -1) tokens.push({ type: 'stray-quote', start, end: at });
      else {
        const text = input.slice(at, end).replace(/\\(["\\])/g, '$1');
        at = end + 1;
        tokens.push({ type: 'phrase', text, start, end: at });
      }
    } else if (character === '-' && at < input.length && !/[\s-]/u.test(input[at]!))
      tokens.push({ type: 'not', start, end: at });
    else {
      const token = textOrField(input, start);
      tokens.push(token);
      at = token.end;
    }
  }
  return tokens;
}

function textOrField(input: string, start: number): QueryToken {
  let end = start;
  while (end < input.length && !(end > start && endsText(input[end]!))) {
    if (input[end] === ':' || input[end] === '：') {
      const field = fieldNamed(input.slice(start, end));
      if (field !== undefined) return { type: 'field', field, start, end: end + 1 };
    }
    end += 1;
  }
  const text = input.slice(start, end);
  return text === 'OR' ? { type: 'or', start, end } : { type: 'text', text, start, end };
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
