import { extname } from 'node:path';
import { rejected, type Finding } from '../core/finding.ts';
import { ioFinding } from './io-findings.ts';
import type { Page, Reader, SourceFile } from './page.ts';
import { hasBombStream, MAX_STREAM_BYTES } from './pdf-bomb.ts';
import { readPdf } from './pdf-pages.ts';

/** PDF with a text layer: every page is a newspaper page, its columns in reading order. */
export const pdf: Reader = {
  name: 'PDF（.pdf，带文字层）',
  accepts: (file) =>
    extname(file.path).toLowerCase() === '.pdf' ||
    file.head.subarray(0, 1024).includes('%PDF-', 0, 'latin1'),
  read: readFile,
};

async function* readFile(file: SourceFile): AsyncGenerator<Page | Finding> {
  let bytes: Buffer;
  try {
    bytes = await file.read();
  } catch (error) {
    yield ioFinding(file.path, error);
    return;
  }
  if (hasBombStream(bytes)) {
    const reason = `PDF 里有一段内容解压后超过 ${MAX_STREAM_BYTES >> 20} MB`;
    yield rejected(file.path, '', reason, '可能是恶意文件；确实需要，请从原软件重新导出 PDF');
    return;
  }
  yield* readPdf(file.path, bytes);
}
