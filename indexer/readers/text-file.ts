import iconv from 'iconv-lite';
import { doubtful, rejected, type Finding } from '../core/finding.ts';
import { cleanText } from './clean-text.ts';
import { decodeText } from './decode.ts';
import { detectEncoding, type Encoding } from './detect-encoding.ts';
import { ioFinding } from './io-findings.ts';
import type { SourceFile } from './page.ts';

/** No paragraph of a newspaper comes near it, and work on one line stays quick. */
const MAX_LINE_CHARACTERS = 200_000;

export interface TextFile {
  /** Clean, as {@link cleanText} leaves it; null when the file cannot be taken, and a finding says why. */
  readonly text: string | null;
  readonly findings: readonly Finding[];
}

export interface TextOptions {
  /** The encoding the document names itself, read from its bytes. */
  readonly declaredEncoding?: (head: Buffer) => Encoding | null;
  /** False for formats whose line ends mean nothing (HTML). */
  readonly limitLines?: boolean;
}

/** Returns the whole text of a file, with findings for doubts, or for why there is none. Never throws on content. */
export async function readTextFile(file: SourceFile, options: TextOptions = {}): Promise<TextFile> {
  let bytes: Buffer;
  try {
    bytes = await file.read();
  } catch (error) {
    return { text: null, findings: [ioFinding(file.path, error)] };
  }
  const decoded = decodeText(bytes, options.declaredEncoding?.(file.head));
  if (decoded.type === 'binary') {
    return { text: null, findings: [binaryFinding(file.path, decoded.reason)] };
  }
  const { text, notes } = cleanText(decoded.text);
  if (text.trim() === '') return { text: null, findings: [emptyFinding(file.path)] };
  const endless = options.limitLines === false ? null : endlessLine(text);
  if (endless !== null) return { text: null, findings: [endlessFinding(file.path, endless)] };

  const doubts = [decoded.doubtful, ...notes].filter((doubt) => doubt !== null);
  return { text, findings: doubts.map((doubt) => encodingFinding(file.path, '', doubt)) };
}

const heads = new WeakMap<SourceFile, string | null>();

/** Returns the decoded first 64 KiB of a file, for telling formats apart; null for binary data. */
export function headText(file: SourceFile): string | null {
  const known = heads.get(file);
  if (known !== undefined) return known;
  const decoded = decodeHead(file.head, file.head.length >= file.size);
  heads.set(file, decoded);
  return decoded;
}

function decodeHead(head: Buffer, complete: boolean): string | null {
  const detected = detectEncoding(head, complete);
  return detected.type === 'binary' ? null : cleanText(iconv.decode(head, detected.encoding)).text;
}

/** Returns the finding for data that is no text. */
export function binaryFinding(file: string, reason: string): Finding {
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

function endlessFinding(file: string, line: number): Finding {
  const reason = `一行超过 ${MAX_LINE_CHARACTERS.toLocaleString('en')} 个字符`;
  return rejected(file, `第 ${line} 行`, reason, '在段落之间换行后再导入；如果不是文章，把它移走');
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
