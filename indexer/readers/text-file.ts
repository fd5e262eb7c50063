import iconv from 'iconv-lite';
import { doubtful, rejected, type Finding } from '../core/finding.ts';
import { cleanText } from './clean-text.ts';
import { decodeChunks, decodeText } from './decode.ts';
import { detectEncoding, type Encoding } from './detect-encoding.ts';
import { ioFinding } from './io-findings.ts';
import type { Page, Reader, SourceFile } from './page.ts';

/** No paragraph of a newspaper comes near it, and work on one line stays quick. */
const MAX_LINE_CHARACTERS = 200_000;

interface TextOptions {
  /** The encoding the document names itself, read from its bytes. */
  readonly declaredEncoding?: (head: Buffer) => Encoding | null;
  /** False for formats whose line ends mean nothing (HTML). */
  readonly limitLines?: boolean;
}

/** Returns a reader of files that are held in memory whole; `pages` is given their clean text. */
export function textReader(
  name: string,
  accepts: Reader['accepts'],
  pages: (text: string, file: SourceFile) => Iterable<Page | Finding>,
  options: TextOptions = {},
): Reader {
  return {
    name,
    accepts,
    async *read(file) {
      const { text, findings } = await readTextFile(file, options);
      yield* findings;
      if (text !== null) yield* pages(text, file);
    },
  };
}

/** The text of a file, null when it cannot be taken, with findings for doubts, or for why there is none. */
async function readTextFile(
  file: SourceFile,
  { declaredEncoding, limitLines = true }: TextOptions,
): Promise<{ readonly text: string | null; readonly findings: readonly Finding[] }> {
  const refused = (finding: Finding) => ({ text: null, findings: [finding] });
  let bytes: Buffer;
  try {
    bytes = await file.read();
  } catch (error) {
    return refused(ioFinding(file.path, error));
  }
  const decoded = decodeText(bytes, declaredEncoding?.(file.head));
  if (decoded.type === 'binary') return refused(binaryFinding(file.path, decoded.reason));
  const { text, notes } = cleanText(decoded.text);
  if (text.trim() === '') return refused(emptyFinding(file.path));
  const endless = limitLines ? endlessLine(text) : null;
  if (endless !== null) {
    const reason = `一行超过 ${MAX_LINE_CHARACTERS.toLocaleString('en')} 个字符`;
    const remedy = '在段落之间换行后再导入；如果不是文章，把它移走';
    return refused(rejected(file.path, `第 ${endless} 行`, reason, remedy));
  }
  const doubts = [decoded.doubtful, ...notes].filter((doubt) => doubt !== null);
  return { text, findings: doubts.map((doubt) => encodingFinding(file.path, '', doubt)) };
}

/** The number of the first line that is too long, or null. */
function endlessLine(text: string): number | null {
  let start = 0;
  for (let line = 1; start <= text.length; line++) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (end - start > MAX_LINE_CHARACTERS) return line;
    start = end + 1;
  }
  return null;
}

const heads = new WeakMap<SourceFile, string>();

/** Returns the decoded first 64 KiB of a file, for telling formats apart; nothing of binary data. */
export function headText(file: SourceFile): string {
  let text = heads.get(file);
  if (text === undefined) {
    const detected = detectEncoding(file.head, file.head.length >= file.size);
    text =
      detected.type === 'binary' ? '' : cleanText(iconv.decode(file.head, detected.encoding)).text;
    heads.set(file, text);
  }
  return text;
}

/** A line of a file that is read as a stream. */
export interface TextLine {
  /** From 1. */
  readonly number: number;
  /** Without its line end; null when it was longer than the limit. */
  readonly text: string | null;
}

/**
 * Returns the lines of a file, for formats read record by record; an I/O error ends them. What was wrong with
 * the file is complete in `findings` when the lines have ended. Of a line past `limit` characters only the
 * number is known.
 */
export function streamLines(
  file: SourceFile,
  limit: number,
): { readonly lines: AsyncGenerator<TextLine>; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  return { lines: splitLines(readPieces(file, findings), limit), findings };
}

async function* readPieces(file: SourceFile, findings: Finding[]): AsyncGenerator<string> {
  const stream = file.stream();
  try {
    yield* decodeChunks(stream as AsyncIterable<Buffer>, (detection) => {
      if (detection.type === 'binary') findings.push(binaryFinding(file.path, detection.reason));
      else if (detection.doubtful !== null)
        findings.push(encodingFinding(file.path, '', detection.doubtful));
    });
  } catch (error) {
    findings.push(ioFinding(file.path, error));
  } finally {
    stream.destroy();
  }
}

async function* splitLines(pieces: AsyncIterable<string>, limit: number): AsyncGenerator<TextLine> {
  let held: string[] = [];
  let heldLength = 0;
  let number = 1;
  const hold = (part: string): void => {
    heldLength += part.length;
    if (heldLength <= limit) held.push(part);
    else held = [];
  };
  const take = (): TextLine => {
    const text = heldLength > limit ? null : held.join('').replace(/\r$/, '');
    held = [];
    heldLength = 0;
    return { number: number++, text };
  };
  for await (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      hold(piece.slice(start, end));
      yield take();
      start = end + 1;
    }
    if (start < piece.length) hold(piece.slice(start));
  }
  if (heldLength > 0) yield take();
}

function binaryFinding(file: string, reason: string): Finding {
  const remedy = '换成文本文件（UTF-8、GB18030、Big5 或 UTF-16），或把文档另存为 PDF、HTML 或 TXT';
  return rejected(file, '', `不是文本文件：${reason}`, remedy);
}

/** Returns the finding for a text whose encoding or characters are doubtful. */
export function encodingFinding(file: string, place: string, reason: string): Finding {
  const remedy = '看一看文字是否正常；不正常时把原文件另存为 UTF-8 再导入';
  return doubtful(file, place, reason, remedy);
}

/** Returns the finding for a file without any text. */
export function emptyFinding(file: string): Finding {
  return rejected(file, '', '文件里没有文字', '补上内容，或把这个文件移走');
}
