import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** One line of text at a place, in points from the upper left corner to the baseline. */
export interface PrintedLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

const HEIGHT = 842;

/**
 * Returns a PDF with these pages, in a Chinese font that it does not carry: text is UCS-2 and
 * the reader must know the character map `UniGB-UCS2-H` by its name, as with many newspapers.
 */
export function makePdf(pages: readonly (readonly PrintedLine[])[]): Buffer {
  const kids = pages.map((_, index) => `${6 + 2 * index} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /FontDescriptor 5 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ];
  for (const [index, lines] of pages.entries()) {
    const content = lines.map(printLine).join('\n');
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 ${HEIGHT}] /Resources << /Font << /F1 3 0 R >> >> /Contents ${7 + 2 * index} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  }
  return assemble(objects);
}

function printLine({ text, x, y, size }: PrintedLine): string {
  const codes = Buffer.from(text, 'utf16le').swap16().toString('hex');
  return `BT /F1 ${size} Tf 1 0 0 1 ${x} ${HEIGHT - y} Tm <${codes}> Tj ET`;
}

function assemble(objects: readonly string[], trailer = ''): Buffer {
  let file = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(file.length);
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}` +
      `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${file.length}\n%%EOF\n`,
    'latin1',
  );
}

export interface Column {
  readonly x: number;
  readonly y: number;
  readonly perLine: number;
  /** The first paragraph goes on from another column. */
  readonly continues?: boolean;
}

/** Returns paragraphs set in a column of 10 point type: lines of `perLine` characters, first lines indented. */
export function setColumn(paragraphs: readonly string[], column: Column): PrintedLine[] {
  const size = 10;
  const lines: PrintedLine[] = [];
  for (const [index, paragraph] of paragraphs.entries()) {
    let rest = paragraph;
    let indent = index === 0 && column.continues === true ? 0 : 2;
    while (rest !== '') {
      const text = rest.slice(0, column.perLine - indent);
      const y = column.y + lines.length * 1.5 * size;
      lines.push({ text, x: column.x + indent * size, y, size });
      rest = rest.slice(text.length);
      indent = 0;
    }
  }
  return lines;
}

/** The padding of passwords (ISO 32000-1, 7.6.3.3), here the whole of an empty one. */
const PADDING = Buffer.from(
  '28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a',
  'hex',
);
const OWNER = Buffer.alloc(32, 0x11);
const ID = Buffer.alloc(16, 0x22);
const PERMISSIONS = -4;

/**
 * A PDF of one page whose drawing is `content`, deflated and encrypted as files are that everybody may open
 * and nobody copy: RC4 of 40 bits, without a password (ISO 32000-1, 7.6.2).
 */
export function makeEncryptedPdf(content: Buffer): Buffer {
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(PERMISSIONS);
  const key = md5(PADDING, OWNER, permissions, ID).subarray(0, 5);
  const packed = rc4(keyOfObject(key, 5), deflateSync(content)).toString('latin1');
  const hex = (bytes: Buffer) => `<${bytes.toString('hex')}>`;
  return assemble(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [4 0 R] /Count 1 >>',
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 ${HEIGHT}] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>`,
      `<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n${packed}\nendstream`,
    ],
    `/ID [${hex(ID)}${hex(ID)}] /Encrypt << /Filter /Standard /V 1 /R 2 /P ${PERMISSIONS} ` +
      `/O ${hex(OWNER)} /U ${hex(rc4(key, PADDING))} >>`,
  );
}

function keyOfObject(key: Buffer, number: number): Buffer {
  return md5(key, Buffer.from([number, 0, 0, 0, 0])).subarray(0, key.length + 5);
}

function md5(...parts: readonly Buffer[]): Buffer {
  return createHash('md5').update(Buffer.concat(parts)).digest();
}

/** Node's OpenSSL no longer has it. */
function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, at) => at);
  const swap = (a: number, b: number) => ([state[a], state[b]] = [state[b]!, state[a]!]);
  for (let a = 0, b = 0; a < 256; a++) {
    b = (b + state[a]! + key[a % key.length]!) & 0xff;
    swap(a, b);
  }
  let [a, b] = [0, 0];
  return data.map((byte) => {
    a = (a + 1) & 0xff;
    b = (b + state[a]!) & 0xff;
    swap(a, b);
    return byte ^ state[(state[a]! + state[b]!) & 0xff]!;
  }) as Buffer;
}
