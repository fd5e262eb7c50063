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

function assemble(objects: readonly string[]): Buffer {
  let file = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(file.length);
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}` +
      `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`,
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
