import { basename, extname } from 'node:path';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { doubtful, rejected, type Finding } from '../core/finding.ts';
import { encodingByName, type Encoding } from './detect-encoding.ts';
import { readHtmlMetadata } from './html-meta.ts';
import { htmlToText, isBeyondDom, measureNesting, nodeText } from './html-text.ts';
import { mergeMetadata } from './metadata.ts';
import { pageOfStory, type Page, type SourceFile } from './page.ts';
import { headText, textReader } from './text-file.ts';

/** Whole HTML documents: one story, found among navigation and advertising. */
export const html = textReader(
  'HTML 网页（.html、.htm）',
  (file) =>
    ['.html', '.htm', '.xhtml', '.shtml'].includes(extname(file.path).toLowerCase()) ||
    beginsAsHtml(headText(file)),
  readDocument,
  { declaredEncoding, limitLines: false },
);

/** A story shorter than this beside a page ten times as long was not found, but missed. */
const LEAST_STORY = 40;
/** Readability walks up and down the tree from every element; larger trees would take minutes. */
const MOST_READABLE = { elements: 20_000, nodes: 60_000, depth: 100 } as const;

function* readDocument(source: string, { path }: SourceFile): Generator<Page | Finding> {
  const { text, metadata } = extractStory(source);
  if (text === '') {
    const remedy = '确认保存的是文章页面；由脚本生成的页面请另存为 PDF 或文本';
    yield rejected(path, '', '网页里没有文字', remedy);
    return;
  }
  if (metadata.title === undefined)
    yield doubtful(path, '', '网页没有标题，暂以文件名为标题', '在 <title> 里写上标题');
  const title = basename(path).replace(/\.[^.]+$/, '');
  yield pageOfStory(path, '', text, mergeMetadata(metadata, { title, dates: [] }));
}

function extractStory(source: string): Pick<Page, 'text' | 'metadata'> {
  const nesting = measureNesting(source);
  if (isBeyondDom(nesting)) return { text: htmlToText(source), metadata: { dates: [] } };
  const document = parseDocument(source);
  const whole = nodeText(document.body);
  const metadata = readHtmlMetadata(document, whole);
  const isReadable = (['elements', 'nodes', 'depth'] as const).every(
    (part) => nesting[part] <= MOST_READABLE[part],
  );
  // It moves the document's nodes about; everything else has been read by now.
  const found = isReadable ? readableText(document) : '';
  const isMissed = found.length < LEAST_STORY && whole.length > 10 * LEAST_STORY;
  const text = found === '' || isMissed ? mainText(source) : found;
  return { text: withoutTitle(text, metadata.title), metadata };
}

function readableText(document: Document): string {
  const article = new Readability<Node>(document, {
    charThreshold: 200,
    serializer: (node) => node,
  }).parse();
  return article?.content ? nodeText(article.content) : '';
}

/** What is left of a document without what is navigation by its own markup. */
function mainText(source: string): string {
  const document = parseDocument(source);
  for (const element of document.querySelectorAll('nav, header, footer, aside')) element.remove();
  return nodeText(document.body);
}

function withoutTitle(text: string, title: string | undefined): string {
  const [first, ...rest] = text.split('\n\n');
  return first === title && rest.length > 0 ? rest.join('\n\n') : text;
}

function beginsAsHtml(head: string): boolean {
  return /^\s{0,200}(?:<\?xml[^<>]{0,200}>\s{0,20})?(?:<!--[^<>]{0,500}-->\s{0,20})?<(?:!doctype\s{1,9}html|html[\s>])/i.test(
    head,
  );
}

/** `<meta charset="gb2312">`, or the same in `http-equiv`. */
function declaredEncoding(head: Buffer): Encoding | null {
  const ascii = head.subarray(0, 4096).toString('latin1');
  const name = /<meta[^<>]{0,200}?charset\s{0,5}=\s{0,5}["']?([\w-]{2,30})/i.exec(ascii)?.[1];
  return name === undefined ? null : encodingByName(name);
}

const DOCTYPE = /<!doctype[^<>]{0,500}>/gi;
const ROOT_TAG = /<\/?html(?:\s[^<>]{0,2000})?>/gi;
const BODY_TAG = /<body(?=[\s>])/i;
const HEAD_TAG = /<\/?head(?:\s[^<>]{0,500})?>/gi;

/**
 * Returns the DOM of a whole HTML document with `html` and `body` in place, whatever the source
 * leaves out: linkedom takes a tree as it is written.
 */
function parseDocument(html: string): Document {
  const inner = html.replace(DOCTYPE, '').replace(ROOT_TAG, '');
  return parseHTML(`<!doctype html><html>${withHeadAndBody(inner)}</html>`).document;
}

function withHeadAndBody(inner: string): string {
  const headOf = (end: number): string => inner.slice(0, end).replace(HEAD_TAG, '');
  const body = BODY_TAG.exec(inner);
  if (body !== null) return `<head>${headOf(body.index)}</head>${inner.slice(body.index)}`;
  const headEnd = /<\/head\s{0,9}>/i.exec(inner);
  if (headEnd === null) return `<head></head><body>${inner.replace(HEAD_TAG, '')}</body>`;
  const rest = inner.slice(headEnd.index + headEnd[0].length);
  return `<head>${headOf(headEnd.index)}</head><body>${rest}</body>`;
}
