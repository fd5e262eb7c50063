import { inflateSync } from 'node:zlib';

/** What one stream of a PDF may become: a newspaper page's text and drawing take a few megabytes. */
export const MAX_STREAM_BYTES = 64 * 1024 * 1024;
/** A picture of a whole page is larger, and is not looked at for text. */
const PICTURE_SHARE = 8;
/** A stream may be compressed several times over. */
const MAX_LAYERS = 4;
const STREAM = Buffer.from('stream');

/**
 * Whether some compressed stream of a PDF would grow beyond `limit` bytes. The library that reads PDF
 * has no limit of its own, and a few kilobytes can become gigabytes. Encrypted streams are not seen into;
 * whoever reads the file watches the memory.
 */
export function hasBombStream(pdf: Buffer, limit = MAX_STREAM_BYTES): boolean {
  let at = pdf.indexOf(STREAM);
  while (at >= 0) {
    let start = at + STREAM.length;
    if (pdf[start] === 0x0d) start += 1;
    if (pdf[start] === 0x0a) start += 1;
    const most = isPicture(pdf, at) ? limit * PICTURE_SHARE : limit;
    if (growsBeyond(pdf.subarray(start), most)) return true;
    at = pdf.indexOf(STREAM, start);
  }
  return false;
}

/** Whether the dictionary before a stream calls it an image. */
function isPicture(pdf: Buffer, at: number): boolean {
  const before = pdf.subarray(Math.max(0, at - 2_000), at).toString('latin1');
  return /\/Subtype\s{0,9}\/Image\b/.test(before.slice(before.lastIndexOf(' obj')));
}

function growsBeyond(stream: Buffer, limit: number): boolean {
  let layer = stream;
  for (let depth = 0; depth < MAX_LAYERS && looksDeflated(layer); depth += 1) {
    try {
      // What follows the end of the compressed data is ignored.
      layer = inflateSync(layer, { maxOutputLength: limit });
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    }
  }
  return false;
}

/** The two bytes with which zlib begins: method 8, and together a multiple of 31 (RFC 1950). */
function looksDeflated(bytes: Buffer): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}
