import iconv from 'iconv-lite';
import {
  detectEncoding,
  ENCODING_LABELS,
  type Detection,
  type Encoding,
} from './detect-encoding.ts';
import { isUnreadable } from './plausibility.ts';

type DecodedText =
  | {
      readonly type: 'text';
      /** Without byte order mark; undecodable bytes stand as U+FFFD. */
      readonly text: string;
      readonly encoding: Encoding;
      /** Why someone should look, in Chinese; null when the decoding is beyond doubt. */
      readonly doubtful: string | null;
    }
  | Extract<Detection, { type: 'binary' }>;

const CONTROL_OR_REPLACEMENT = /[\0-\x08\x0e-\x1f\x7f\ufffd]/;

/**
 * Returns the text of a whole file, in UTF-8, GB18030 (GBK, GB2312), Big5 or UTF-16, with or without a byte order
 * mark; `binary` when it is no text. `declared` is the encoding that the document itself names, if any. Never throws.
 */
export function decodeText(bytes: Buffer, declared?: Encoding | null): DecodedText {
  const detected = detectEncoding(bytes, true, declared);
  if (detected.type === 'binary') return detected;
  const { encoding } = detected;
  const text = iconv.decode(bytes, encoding);
  const damaged = CONTROL_OR_REPLACEMENT.test(text);
  if (damaged && isUnreadable(text)) return { type: 'binary', reason: '二进制数据，不是文字' };
  const doubts = [
    detected.doubtful,
    damaged ? replacementDoubt(text, encoding) : null,
    encoding.startsWith('utf-16') && bytes.length % 2 === 1
      ? `${ENCODING_LABELS[encoding]} 文本的字节数是奇数，末尾的字被截断`
      : null,
  ].filter((doubt) => doubt !== null);
  return { type: 'text', text, encoding, doubtful: doubts.length > 0 ? doubts.join('；') : null };
}

function replacementDoubt(text: string, encoding: Encoding): string | null {
  const first = text.indexOf('\ufffd');
  if (first < 0) return null;
  const label = ENCODING_LABELS[encoding];
  if (first === text.length - 1) return `按 ${label} 读取，末尾的字被截断`;
  const line = text.slice(0, first).split('\n').length;
  const count = text.split('\ufffd').length - 1;
  return `按 ${label} 读取，有 ${count} 处无法辨认的字符（�），第一处在第 ${line} 行`;
}

/** Enough text after the first byte that is not plain ASCII to be certain, and little enough to hold. */
const PROBE_BYTES = 64 * 1024;
/** So much plain ASCII is ASCII; a few characters may be the halves of UTF-16 (`本` is `,g`). */
const LEAST_PLAIN_BYTES = 1024;

/**
 * Yields the text of a stream piece by piece, in bounded memory. The encoding is settled at the
 * first bytes that are not plain ASCII, wherever they come, and handed to `onDetected`; a stream
 * of binary data ends there without text. Throws only what the stream throws.
 */
export async function* decodeChunks(
  chunks: AsyncIterable<Buffer>,
  onDetected: (detection: Detection) => void,
): AsyncGenerator<string> {
  let decoder: iconv.DecoderStream | null = null;
  let probe: Buffer = Buffer.alloc(0);
  const settle = (complete: boolean): iconv.DecoderStream | null => {
    const detection = detectEncoding(probe, complete);
    onDetected(detection);
    return detection.type === 'binary' ? null : iconv.getDecoder(detection.encoding);
  };
  for await (const chunk of chunks) {
    if (decoder !== null) {
      yield decoder.write(chunk);
      continue;
    }
    probe = Buffer.concat([probe, chunk]);
    // NUL counts: it is half of an ASCII letter in UTF-16.
    const first = probe.findIndex((byte) => byte >= 0x80 || byte === 0);
    if (first < 0 && probe.length >= LEAST_PLAIN_BYTES) {
      yield probe.toString('latin1');
      probe = Buffer.alloc(0);
    }
    if (first < 0 || probe.length - first < PROBE_BYTES) continue;
    decoder = settle(false);
    if (decoder === null) return;
    yield decoder.write(probe);
  }
  if (decoder === null) {
    decoder = settle(true);
    if (decoder === null) return;
    yield decoder.write(probe);
  }
  yield decoder.end() ?? '';
}
