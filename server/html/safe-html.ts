/** The only module that turns text into HTML; everything else passes text or {@link SafeHtml} on. */

declare const safe: unique symbol;

/** A piece of HTML whose text has been escaped, exactly once. */
export type SafeHtml = string & { readonly [safe]: true };

export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and in quoted attributes. */
export function escapeHtml(text: string): SafeHtml {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!) as SafeHtml;
}

const CHARACTERS = new Map(Object.entries(ENTITIES).map(([one, entity]) => [entity, one]));

export type Insert = SafeHtml | readonly SafeHtml[] | Text | null | undefined | false;
/** Anything that is not already safe must say so by being wrapped: `${text(title)}`. */
interface Text {
  readonly text: string;
}

/** Marks a foreign value for escaping inside {@link html}. */
export function text(value: string | number): Text {
  return { text: String(value) };
}

/** Template tag: safe pieces go in as they are, `text(…)` is escaped, null, undefined and false vanish. */
export function html(strings: TemplateStringsArray, ...inserts: readonly Insert[]): SafeHtml {
  let out = strings[0]!;
  inserts.forEach((insert, index) => {
    out += render(insert) + strings[index + 1]!;
  });
  return out as SafeHtml;
}

function render(insert: Insert): string {
  if (insert === null || insert === undefined || insert === false) return '';
  if (typeof insert === 'string') return insert;
  if ('text' in insert) return escapeHtml(insert.text);
  return insert.join('');
}

/**
 * The text escaped, with `<mark>` around each span.
 * Spans are UTF-16, sorted, and do not overlap.
 */
export function markSpans(original: string, spans: readonly TextSpan[]): SafeHtml {
  let out = '';
  let at = 0;
  for (const { start, end } of spans) {
    out += `${escapeHtml(original.slice(at, start))}<mark>${escapeHtml(original.slice(start, end))}</mark>`;
    at = end;
  }
  return (out + escapeHtml(original.slice(at))) as SafeHtml;
}

/** The same with an id on each of its marks, `match-1` and so on in order. */
export function numberMarks(marked: SafeHtml): SafeHtml {
  let number = 0;
  return marked.replace(/<mark>/g, () => `<mark id="match-${(number += 1)}">`) as SafeHtml;
}

/** HTML that {@link markSpans} made and that came back through the typed search response. */
export function markedHtml(made: string): SafeHtml {
  return made as SafeHtml;
}

const CONTENT_TAGS = /^(?:bdi|mark|code)$/;
const VOID_TAGS = /^(?:br|hr|img|input|link|meta)$/;
const PIECE = /<(\/?)([a-z][a-z0-9]*)((?:[\s/][^>]*)?)>|<![^>]*>|[^<]+/gi;
const INTERFACE_ATTRIBUTE = /(\saria-label|\stitle|\splaceholder|\salt|\sdata-label)="([^"]*)"/g;
const VALUE_ATTRIBUTE = /(\svalue)="([^"]*)"/g;
/** A comma alone is the interface's word too. */
const CHINESE = /[\p{Script=Han}，；]/u;

/**
 * The page with the interface's words in another language: every text, and the attributes that are read
 * out, are put through `rewrite`. Content stays: what is in `<bdi>`, `<mark>`, `<code>` or an element with
 * `translate="no"`, which is marked as Chinese instead. A field's value is content, unless the field says
 * `translate="yes"`.
 */
export function rewriteInterface(page: SafeHtml, rewrite: (words: string) => string): SafeHtml {
  /** How many elements are open, from the outermost that holds content on. */
  let insideContent = 0;
  const attribute = (_whole: string, name: string, value: string) =>
    `${name}="${rewriteWords(value, rewrite)}"`;

  return page.replace(PIECE, (piece, slash?: string, tag?: string, attributes: string = '') => {
    if (tag === undefined)
      return piece.startsWith('<') || insideContent > 0 ? piece : rewriteWords(piece, rewrite);
    if (slash === '/') {
      insideContent = Math.max(0, insideContent - 1);
      return piece;
    }
    const isContent = CONTENT_TAGS.test(tag) || /\stranslate="no"/.test(attributes);
    const hasInside = !VOID_TAGS.test(tag) && !attributes.endsWith('/');
    const isOutermost = isContent && hasInside && insideContent === 0;
    if (hasInside && (isContent || insideContent > 0)) insideContent += 1;
    const language = isOutermost && !/\slang="/.test(attributes) ? ' lang="zh"' : '';
    let written = attributes.replace(INTERFACE_ATTRIBUTE, attribute);
    if (/\stranslate="yes"/.test(attributes)) written = written.replace(VALUE_ATTRIBUTE, attribute);
    return `<${tag}${language}${written}>`;
  }) as SafeHtml;
}

function rewriteWords(escaped: string, rewrite: (words: string) => string): string {
  if (!CHINESE.test(escaped)) return escaped;
  const words = escaped.trim();
  const start = escaped.indexOf(words);
  const [before, after] = [escaped.slice(0, start), escaped.slice(start + words.length)];
  const plain = words
    .replace(/\s+/g, ' ')
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => CHARACTERS.get(entity)!);
  return before + escapeHtml(rewrite(plain)) + after;
}
