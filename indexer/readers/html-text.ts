import { parseHTML } from 'linkedom';
import { cleanText } from './clean-text.ts';

const words = (...lines: readonly string[]): ReadonlySet<string> =>
  new Set(lines.join(' ').split(' '));

const INVISIBLE = words(
  'SCRIPT STYLE NOSCRIPT TEMPLATE HEAD TITLE IFRAME OBJECT EMBED SVG MATH CANVAS VIDEO AUDIO',
  'SELECT TEXTAREA BUTTON INPUT DATALIST RP RT',
);
const BLOCKS = words(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIALOG DIV DL DT FIELDSET FIGCAPTION',
  'FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HGROUP HR LEGEND LI MAIN MENU NAV OL P PRE',
  'SECTION SUMMARY TABLE TBODY TFOOT THEAD TR UL CAPTION',
);
const CELLS = words('TD TH');

const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;

/** A sentence is over, or a heading ends: a break here is the writer's paragraph. */
const PARAGRAPH_END = /[。！？!?…；;：:”』」）)】]$/u;
const INDENT = /^(?:[\u3000\u00a0]| {4})/u;

/** No page nests so deep; the DOM's time grows with the square of the depth. */
const MOST_DEPTH = 500;

/** A DOM of more would take hundreds of megabytes. */
const MOST_ELEMENTS = 200_000;

/** What the parser makes a node of its own, `<` and `&` that mean nothing among it. */
const MOST_NODES = 500_000;

const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]{0,15})/g;
/** Void, or closed by the next of their kind: they open no level that stays. */
const NO_LEVEL = words(
  'area base br col embed hr img input link meta source track wbr',
  'p li dt dd tr td th thead tbody tfoot option optgroup rp rt',
);

interface Nesting {
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

/** Returns the plain text of an HTML fragment, as {@link nodeText} does. Never throws. */
export function htmlToText(fragment: string): string {
  if (!fragment.includes('<') && !fragment.includes('&')) return tidyParagraphs([fragment]);
  if (isBeyondDom(measureNesting(fragment))) return tidyParagraphs([stripTags(fragment)]);
  const { document } = parseHTML(`<!doctype html><html><body>${fragment}</body></html>`);
  return nodeText(document.body);
}

/**
 * Returns what a reader sees of an element: paragraphs separated by a blank line, entities
 * decoded, scripts and styles left out. `<br>` ends a paragraph where a sentence ends, where the
 * next line is indented, or where two come together; else it is a line break within one.
 */
export function nodeText(root: Node): string {
  const paragraphs: string[] = [];
  let current = '';
  const flush = (): void => {
    if (current !== '') paragraphs.push(current);
    current = '';
  };
  // An explicit walk: foreign documents nest deeper than the stack.
  let node: Node | null = root;
  while (node !== null) {
    const name = node.nodeName.toUpperCase();
    let child: Node | null = null;
    if (node.nodeType === TEXT || node.nodeType === CDATA)
      current += collapse(node.nodeValue ?? '');
    else if (node.nodeType === ELEMENT) {
      if (BLOCKS.has(name)) flush();
      else if (name === 'BR') current += '\n';
      else if (CELLS.has(name) && current !== '') current += ' ';
      if (!INVISIBLE.has(name) && !isHidden(node as Element)) child = node.firstChild;
    }
    while (child === null && node !== null && node !== root) {
      // Here a node has been left, and what follows it comes next, or its parent is left, too.
      if (BLOCKS.has(node.nodeName.toUpperCase())) flush();
      child = node.nextSibling;
      node = node.parentNode;
    }
    node = child;
  }
  flush();
  return tidyParagraphs(paragraphs);
}

function isHidden(element: Element): boolean {
  if (element.hasAttribute('hidden')) return true;
  const style = element.getAttribute('style');
  return style !== null && /display\s{0,3}:\s{0,3}none/i.test(style);
}

/** A line break in the source is a space, but none between two Chinese characters. */
function collapse(text: string): string {
  if (!/[\n\r\t\f]| {2}/.test(text)) return text;
  return text
    .replace(/[ \t\f]+/g, ' ')
    .replace(/ ?[\r\n][ \r\n]*/g, '\n')
    .replace(/(?<=[\u2e80-\u9fff\uff00-\uff60])\n(?=[\u2e80-\u9fff\uff00-\uff60])/g, '')
    .replaceAll('\n', ' ');
}

/** Returns paragraphs joined by a blank line; breaks within one are judged one by one. */
function tidyParagraphs(rough: readonly string[]): string {
  const paragraphs: string[][] = [];
  for (const block of rough) {
    let isBroken = true;
    for (const line of block.split('\n')) {
      const trimmed = line.trim().replace(/[ \u00a0]{2,}/g, ' ');
      const last = paragraphs.at(-1)?.at(-1);
      if (trimmed === '') isBroken = true;
      else if (isBroken || INDENT.test(line) || PARAGRAPH_END.test(last ?? '')) {
        paragraphs.push([trimmed]);
        isBroken = false;
      } else paragraphs.at(-1)!.push(trimmed);
    }
  }
  const text = paragraphs.map((lines) => lines.join('\n')).join('\n\n');
  // Entities may stand for characters that no page should hold.
  return cleanText(text.replaceAll('\u00a0', ' ')).text;
}

/** A document without its tags, a line for each run of tags: the way out where a DOM is none. */
function stripTags(html: string): string {
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
