import { parseHTML } from 'linkedom';
import { cleanText } from './clean-text.ts';
import { isBeyondDom, measureNesting, stripTags } from './html-source.ts';

const INVISIBLE = new Set(
  (
    'SCRIPT STYLE NOSCRIPT TEMPLATE HEAD TITLE IFRAME OBJECT EMBED SVG MATH CANVAS VIDEO AUDIO ' +
    'SELECT TEXTAREA BUTTON INPUT DATALIST RP RT'
  ).split(' '),
);
const BLOCKS = new Set(
  (
    'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIALOG DIV DL DT FIELDSET FIGCAPTION ' +
    'FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HGROUP HR LEGEND LI MAIN MENU NAV OL P PRE ' +
    'SECTION SUMMARY TABLE TBODY TFOOT THEAD TR UL CAPTION'
  ).split(' '),
);
const CELLS = new Set(['TD', 'TH']);

const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;

/** A sentence is over, or a heading ends: a break here is the writer's paragraph. */
const PARAGRAPH_END = /[。！？!?…；;：:”』」）)】]$/u;
const INDENT = /^(?:[\u3000\u00a0]| {4})/u;

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
    let descend = false;
    if (node.nodeType === TEXT || node.nodeType === CDATA) {
      current += collapse(node.nodeValue ?? '');
    } else if (node.nodeType === ELEMENT) {
      const name = node.nodeName.toUpperCase();
      descend = !INVISIBLE.has(name) && !isHidden(node as Element);
      if (BLOCKS.has(name)) flush();
      else if (name === 'BR') current += '\n';
      else if (CELLS.has(name) && current !== '') current += ' ';
    }
    const child: Node | null = descend ? node.firstChild : null;
    if (child !== null) {
      node = child;
      continue;
    }
    while (node !== null && node !== root && node.nextSibling === null) {
      node = node.parentNode;
      if (node !== null && BLOCKS.has(node.nodeName.toUpperCase())) flush();
    }
    if (node === null || node === root) break;
    if (BLOCKS.has(node.nodeName.toUpperCase())) flush();
    node = node.nextSibling;
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
  const paragraphs: string[] = [];
  for (const block of rough) {
    let open: string[] = [];
    let isBroken = false;
    for (const line of block.split('\n')) {
      const trimmed = line.trim().replace(/[ \u00a0]{2,}/g, ' ');
      if (trimmed === '') {
        isBroken = true;
        continue;
      }
      const last = open.at(-1);
      if (last !== undefined && (isBroken || INDENT.test(line) || PARAGRAPH_END.test(last))) {
        paragraphs.push(open.join('\n'));
        open = [];
      }
      open.push(trimmed);
      isBroken = false;
    }
    if (open.length > 0) paragraphs.push(open.join('\n'));
  }
  // Entities may stand for characters that no page should hold.
  return cleanText(paragraphs.join('\n\n').replaceAll('\u00a0', ' ')).text;
}
