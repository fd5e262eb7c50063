/** No page nests so deep; the DOM's time grows with the square of the depth. */
const MOST_DEPTH = 500;

/** A DOM of more would take hundreds of megabytes. */
const MOST_ELEMENTS = 200_000;

/** What the parser makes a node of its own, `<` and `&` that mean nothing among it. */
const MOST_NODES = 500_000;

const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]{0,15})/g;
/** Void, or closed by the next of their kind: they open no level that stays. */
const NO_LEVEL = new Set(
  (
    'area base br col embed hr img input link meta source track wbr ' +
    'p li dt dd tr td th thead tbody tfoot option optgroup rp rt'
  ).split(' '),
);

export interface Nesting {
  readonly elements: number;
  /** Elements and pieces of text; an upper bound. */
  readonly nodes: number;
  /** Of the deepest element; where end tags are missing, an upper bound. */
  readonly depth: number;
}

/** Tells, in one pass and without a DOM, how large a document's tree is. */
export function measureNesting(html: string): Nesting {
  let elements = 0;
  let depth = 0;
  let deepest = 0;
  for (const [, closing, name] of html.matchAll(TAG)) {
    if (closing === '') elements++;
    if (NO_LEVEL.has(name!.toLowerCase())) continue;
    if (closing === '') deepest = Math.max(deepest, ++depth);
    else if (depth > 0) depth--;
  }
  return { elements, nodes: html.split(/[<&]/).length, depth: deepest };
}

/** True for a document that no DOM should be made of: deeper or larger than any real one. */
export function isBeyondDom({ elements, nodes, depth }: Nesting): boolean {
  return depth > MOST_DEPTH || elements > MOST_ELEMENTS || nodes > MOST_NODES;
}

/** Returns a document without its tags, a line for each run of tags: the way out where a DOM is none. */
export function stripTags(html: string): string {
  return withoutRawText(html).replace(/<[^<>]*>/g, '\n');
}

/** Returns HTML, or Markdown with HTML in it, without comments, scripts and styles, in linear time. */
export function withoutRawText(html: string): string {
  let text = html;
  for (const [open, close] of [
    ['<!--', '-->'],
    ['<script', '</script>'],
    ['<style', '</style>'],
  ] as const) {
    if (text.toLowerCase().includes(open)) text = withoutSpans(text, open, close);
  }
  return text;
}

function withoutSpans(text: string, open: string, close: string): string {
  const lower = text.toLowerCase();
  if (lower.length !== text.length) return text;
  let kept = '';
  let at = 0;
  for (;;) {
    const start = lower.indexOf(open, at);
    const end = start < 0 ? -1 : lower.indexOf(close, start + open.length);
    if (end < 0) return kept + text.slice(at);
    kept += text.slice(at, start);
    at = end + close.length;
  }
}
