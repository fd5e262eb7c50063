import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { rejected, type Finding } from '../core/finding.ts';
import { cleanText } from './clean-text.ts';
import { ioFinding } from './io-findings.ts';
import { pageOfNewspaper, type Page, type Reader, type SourceFile } from './page.ts';
import { hasBombStream, MAX_STREAM_BYTES } from './pdf-bomb.ts';
import { readingOrder } from './pdf-columns.ts';
import { joinRuns, type TextRun } from './pdf-lines.ts';
import { blocksToText } from './pdf-paragraphs.ts';
import { isUnreadable } from './plausibility.ts';

const MOST_PAGES = 1_000;
const OCR = '先用 OCR 软件识别文字（另存为带文字层的 PDF 或 TXT），再导入';

/** PDF with a text layer: every page is a newspaper page, its columns in reading order. */
export const pdf: Reader = {
  name: 'PDF（.pdf，带文字层）',
  accepts: (file) =>
    extname(file.path).toLowerCase() === '.pdf' ||
    file.head.subarray(0, 1024).includes('%PDF-', 0, 'latin1'),
  read: readPdf,
};

async function* readPdf({ path, read }: SourceFile): AsyncGenerator<Page | Finding> {
  let bytes: Buffer;
  try {
    bytes = await read();
  } catch (error) {
    yield ioFinding(path, error);
    return;
  }
  if (hasBombStream(bytes)) {
    const reason = `PDF 里有一段内容解压后超过 ${MAX_STREAM_BYTES >> 20} MB`;
    yield rejected(path, '', reason, '可能是恶意文件；确实需要，请从原软件重新导出 PDF');
    return;
  }
  const opened = await openDocument(bytes);
  if (typeof opened === 'string') {
    yield opened === 'PasswordException'
      ? rejected(path, '', 'PDF 设了密码，打不开', '用原软件去掉密码另存一份，再导入')
      : rejected(path, '', `PDF 已损坏或不是 PDF（${opened}）`, '重新下载，或从原软件重新导出 PDF');
    return;
  }
  try {
    yield* readPages(path, opened);
  } finally {
    await opened.destroy();
  }
}

async function* readPages(
  path: string,
  document: PDFDocumentProxy,
): AsyncGenerator<Page | Finding> {
  const empty: number[] = [];
  const pages = Math.min(document.numPages, MOST_PAGES);
  for (let number = 1; number <= pages; number++) {
    const place = `第 ${number} 页`;
    const read = await readPage(document, number);
    if (read.text === null)
      yield rejected(path, place, `这一页读不出来（${read.fault}）`, '从原软件重新导出 PDF');
    else if (read.text === '') empty.push(number);
    else if (isUnreadable(read.text))
      yield rejected(path, place, '字体没有文字对照表，读出来是乱码', OCR);
    else yield pageOfNewspaper(path, place, read.text);
  }
  if (empty.length > 0) yield withoutText(path, empty, pages);
  if (document.numPages > MOST_PAGES) {
    const place = `第 ${MOST_PAGES + 1} 页起`;
    yield rejected(path, place, `PDF 超过 ${MOST_PAGES} 页`, '拆成几个较小的 PDF');
  }
}

async function readPage(
  document: PDFDocumentProxy,
  number: number,
): Promise<{ readonly text: string } | { readonly text: null; readonly fault: string }> {
  try {
    const page = await document.getPage(number);
    const text = pageText(await runsOf(page));
    page.cleanup();
    return { text };
  } catch (error) {
    // The library meets damaged pages with errors of every kind; one page must not stop the rest.
    return { text: null, fault: error instanceof Error ? error.name : String(error) };
  }
}

/** Returns the text of a page from its runs, in reading order. */
export function pageText(runs: readonly TextRun[]): string {
  const text = blocksToText(readingOrder(joinRuns(runs)));
  return unifyRadicals(cleanText(text).text);
}

/**
 * Radicals without a decomposition in Unicode → the characters they look like
 * (EquivalentUnifiedIdeograph.txt); ⼾ has one, but to the form that the mainland does not write.
 */
const SUPPLEMENT =
  '⺁厂⺎兀⺏尣⺠民⺟母⺮竹⺼月⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟⼾户';

const CHARACTERS = new Map(
  (SUPPLEMENT.match(/../gu) ?? []).map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
);

/**
 * A text with radical symbols replaced by the characters they look like: `⾼新区` → `高新区`.
 * PDF makers that look a glyph up in its font find the radical first (Chromium with Noto does).
 */
function unifyRadicals(text: string): string {
  return text.replace(
    /[\u2e80-\u2fdf]/g,
    (radical) => CHARACTERS.get(radical) ?? radical.normalize('NFKC'),
  );
}

async function runsOf(page: PDFPageProxy): Promise<TextRun[]> {
  const { height } = page.getViewport({ scale: 1 });
  const content = await page.getTextContent();
  const runs: TextRun[] = [];
  for (const item of content.items) {
    if (!('str' in item) || item.str.trim() === '') continue;
    const [a, b, , d, x, y] = item.transform as [number, number, number, number, number, number];
    const size = Math.abs(d) || Math.hypot(a, b) || 1;
    runs.push({ text: item.str, x, y: height - y, width: item.width, size });
  }
  return runs;
}

function withoutText(path: string, empty: readonly number[], pages: number): Finding {
  if (empty.length === pages) {
    return rejected(path, '', 'PDF 没有文字层，只有图像', OCR);
  }
  const place = `第 ${empty.slice(0, 20).join('、')} 页${empty.length > 20 ? '等' : ''}`;
  return rejected(path, place, '这些页没有文字层，只有图像或空白', OCR);
}

/** The document, or the name of the library's error. */
async function openDocument(bytes: Uint8Array): Promise<PDFDocumentProxy | string> {
  // 4 MB of code that only PDF files need.
  const library = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const task = library.getDocument({
    // The library takes the buffer away from its owner: a copy.
    data: new Uint8Array(bytes),
    // Chinese PDFs name character maps that they do not carry.
    cMapUrl: join(folder, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(folder, 'standard_fonts/'),
    disableFontFace: true,
    isEvalSupported: false,
    useSystemFonts: false,
    verbosity: library.VerbosityLevel.ERRORS,
  });
  try {
    return await task.promise;
  } catch (error) {
    await task.destroy();
    return error instanceof Error ? error.name : String(error);
  }
}
