import { htmlToText, withoutRawText } from './html-text.ts';

const HTML_OR_ENTITY = /<[a-zA-Z/!]|&[a-zA-Z#]/;
const THEMATIC_BREAK = /^ {0,3}(?:-[ \t]*){3,}$|^ {0,3}(?:\*[ \t]*){3,}$|^ {0,3}(?:_[ \t]*){3,}$/;
const FENCE = /^ {0,3}(?:`{3,}|~{3,})/;
const TABLE_RULE = /^[\s|:-]+$/;
const BULLET = /^[ \t]{0,8}[-*+][ \t]+/;
const NUMBERED = /^[ \t]{0,8}\d{1,3}[.)、](?!\d)/;

/**
 * Returns the plain text of Markdown with HTML among it, paragraphs separated by a blank line.
 * Headings and list items are paragraphs; links leave their label, images nothing. The subset
 * that news files use, not all of CommonMark.
 */
export function markdownToText(markdown: string): string {
  const paragraphs: string[] = [];
  let block: string[] = [];
  const flush = (): void => {
    if (block.length > 0) paragraphs.push(blockToText(block));
    block = [];
  };
  for (const line of withoutRawText(markdown).split('\n')) {
    const isRule = isThematicBreak(line) || FENCE.test(line) || /^={3,}\s*$/.test(line);
    if (line.trim() === '' || isRule) flush();
    else if (/^ {0,3}#{1,6}[ \t]/.test(line)) {
      flush();
      paragraphs.push(blockToText([headingText(line)]));
    } else {
      if (BULLET.test(line) || NUMBERED.test(line)) flush();
      block.push(line);
    }
  }
  flush();
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
}

/** `[查看原文](https://…)` alone on a line: where the text was taken from, no part of it. */
const ORIGINAL_LINK = /^\s{0,8}\[([^[\]]{1,20})\]\((https?:\/\/[^()\s]{1,2000})\)\s{0,8}$/;
const ORIGINAL_LABEL = /原文|全文|来源|原网页|original/i;

/** Returns Markdown without the lines that only link to the original, and the first such address. */
export function takeOriginalLink(markdown: string): {
  readonly markdown: string;
  readonly url: string | undefined;
} {
  if (!markdown.includes('](http')) return { markdown, url: undefined };
  let url: string | undefined;
  const kept = markdown.split('\n').filter((line) => {
    const [, label = '', address] = ORIGINAL_LINK.exec(line) ?? [];
    if (!ORIGINAL_LABEL.test(label)) return true;
    url ??= address;
    return false;
  });
  return { markdown: kept.join('\n'), url };
}

/** True for `---`, `* * *` and the like. */
export function isThematicBreak(line: string): boolean {
  return line.length < 200 && THEMATIC_BREAK.test(line);
}

/** `## 标题 ##` → `标题`. */
function headingText(line: string): string {
  const text = line.replace(/^ {0,3}#{1,6}[ \t]+/, '').trimEnd();
  const closing = /#{1,6}$/.exec(text.slice(-7));
  const cut = closing === null ? text.length : text.length - closing[0].length;
  return /\s/.test(text.charAt(cut - 1)) ? text.slice(0, cut).trim() : text.trim();
}

/** Returns level and text of an ATX heading, or null for any other line. */
export function parseHeading(
  line: string,
): { readonly level: number; readonly text: string } | null {
  const marks = /^ {0,3}(#{1,6})[ \t]/.exec(line);
  if (marks === null) return null;
  return { level: marks[1]!.length, text: blockToText([headingText(line)]) };
}

function blockToText(lines: readonly string[]): string {
  if (lines[0]!.trimStart().startsWith('<')) return htmlToText(lines.join('\n'));
  const plain = lines
    .filter((line) => !(line.includes('|') && TABLE_RULE.test(line)))
    .map((line) => inlineToText(withoutBlockMarks(line)))
    .join('\n');
  // Only HTML joins lines as its own rules say; a plain line break is kept for the splitter.
  return HTML_OR_ENTITY.test(plain)
    ? htmlToText(plain.replaceAll('\n', '<br>'))
    : plain
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .join('\n');
}

function withoutBlockMarks(line: string): string {
  const unquoted = line.replace(/^(?: {0,3}> ?){1,8}/, '').replace(BULLET, '');
  return unquoted.startsWith('|') ? unquoted.replace(/\|/g, ' ').trim() : unquoted;
}

const IMAGE = /!\[[^[\]\n]{0,500}\]\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)/g;
const LINK = /\[([^[\]\n]{0,500})\]\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)/g;
const AUTO_LINK = /<(https?:\/\/[^<>\s]{1,2000})>/g;

/** `\\*` stands for itself. */
const ESCAPED = /(\\[!-/:-@[-`{-~])/;

function inlineToText(line: string): string {
  if (!/[*_`~[\\<]/.test(line)) return line;
  if (!ESCAPED.test(line)) return withoutMarks(line);
  return line
    .split(ESCAPED)
    .map((part, index) => (index % 2 === 1 ? part.slice(1) : withoutMarks(part)))
    .join('');
}

function withoutMarks(line: string): string {
  return line
    .replace(IMAGE, '')
    .replace(LINK, '$1')
    .replace(AUTO_LINK, '$1')
    .replace(/\*\*([^*\n]+)\*\*/g, '$1')
    .replace(/__([^_\n]+)__/g, '$1')
    .replace(/(?<![*\d])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?![*\d])/g, '$1')
    .replace(/~~([^~\n]+)~~/g, '$1')
    .replace(/`([^`\n]+)`/g, '$1');
}
