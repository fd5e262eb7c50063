import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeChunks, decodeText } from '../../../indexer/readers/decode.ts';
import type { Detection } from '../../../indexer/readers/detect-encoding.ts';
import { chineseText } from './chinese-text.ts';
import { matching } from './matching.ts';

const CASES = [
  { name: 'UTF-8', encoding: 'utf-8', script: 'simplified', mark: false },
  { name: 'UTF-8 with a byte order mark', encoding: 'utf-8', script: 'simplified', mark: true },
  { name: 'GB18030', encoding: 'gb18030', script: 'simplified', mark: false },
  {
    name: 'GBK in traditional characters',
    encoding: 'gb18030',
    script: 'traditional',
    mark: false,
  },
  { name: 'Big5', encoding: 'big5', script: 'traditional', mark: false },
  { name: 'UTF-16LE', encoding: 'utf-16le', script: 'simplified', mark: false },
  { name: 'UTF-16LE with a mark', encoding: 'utf-16le', script: 'simplified', mark: true },
  { name: 'UTF-16BE', encoding: 'utf-16be', script: 'traditional', mark: false },
  { name: 'UTF-16BE with a mark', encoding: 'utf-16be', script: 'simplified', mark: true },
] as const;

async function decodeStream(
  bytes: Buffer,
  pieceLength: number,
): Promise<{ text: string; detection: Detection | undefined }> {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let start = 0; start < bytes.length; start += pieceLength) {
      yield await Promise.resolve(bytes.subarray(start, start + pieceLength));
    }
  }
  let detection: Detection | undefined;
  let text = '';
  for await (const piece of decodeChunks(pieces(), (found) => (detection = found))) text += piece;
  return { text, detection };
}

describe('decodeText', () => {
  it.each(CASES)('gives back any Chinese text in $name', ({ encoding, script, mark }) => {
    fc.assert(
      fc.property(chineseText(script), (text) => {
        const bytes = iconv.encode(text, encoding, { addBOM: mark });
        expect(decodeText(bytes)).toEqual({ type: 'text', text, encoding, doubtful: null });
      }),
      { numRuns: 200 },
    );
  });

  it('tells UTF-8 from GBK where both are valid', () => {
    expect(decodeText(iconv.encode('联通', 'gbk'))).toMatchObject({ text: '联通' });
    expect(decodeText(Buffer.from('café'))).toMatchObject({ text: 'café', encoding: 'utf-8' });
    expect(decodeText(Buffer.from('Привет'))).toMatchObject({ text: 'Привет' });
  });

  it('reports a reading that another encoding explains as well', () => {
    const { doubtful } = decodeText(iconv.encode('联通', 'gbk')) as { doubtful: string };
    expect(doubtful).toMatch(/GB18030 和 Big5 都说得通/);
  });

  it('lets the encoding that a document names decide where the bytes do not', () => {
    const bytes = iconv.encode('联通', 'gbk');
    expect(decodeText(bytes, 'gb18030')).toMatchObject({ text: '联通', doubtful: null });
  });

  it('reports a truncated character', () => {
    const whole = Buffer.from('园区新闻'.repeat(20));
    const cut = decodeText(whole.subarray(0, -1));
    expect(cut).toMatchObject({
      encoding: 'utf-8',
      doubtful: matching(/末尾的字被截断/),
    });
    const odd = decodeText(iconv.encode('园区新闻'.repeat(20), 'utf-16le').subarray(0, -1));
    expect(odd).toMatchObject({ doubtful: matching(/奇数/) });
  });

  it('reports characters that cannot be decoded, with the line of the first', () => {
    const bytes = Buffer.concat([
      Buffer.from('园区新闻\n科技企业\n'.repeat(20)),
      Buffer.from([0xff]),
      Buffer.from('高新区'),
    ]);
    expect(decodeText(bytes)).toMatchObject({
      encoding: 'utf-8',
      doubtful: matching(/1 处.*第 41 行/),
    });
  });

  it.each([
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], /PNG/],
    ['an Office document', [0x50, 0x4b, 0x03, 0x04, 0x14, 0x00], /Office/],
    [
      'random bytes',
      Array.from({ length: 4000 }, (_, at) => (at * 7919 + ((at * at) >> 3)) & 255),
      /二进制/,
    ],
    ['control characters', [1, 2, 3, 4, 5, 6], /二进制/],
  ])('refuses %s', (_name, bytes, reason) => {
    expect(decodeText(Buffer.from(bytes))).toEqual({
      type: 'binary',
      reason: matching(reason),
    });
  });

  it('keeps a text with a few NULs', () => {
    expect(decodeText(Buffer.from('园区\0新闻'))).toMatchObject({ text: '园区\0新闻' });
  });

  it('throws on no bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        decodeText(Buffer.from(bytes));
      }),
      { numRuns: 500 },
    );
  });
});

describe('decodeChunks', () => {
  it.each(CASES)('agrees with decodeText for $name, wherever the pieces end', async (one) => {
    await fc.assert(
      fc.asyncProperty(
        chineseText(one.script),
        fc.integer({ min: 1, max: 50 }),
        async (text, length) => {
          const bytes = iconv.encode(text, one.encoding, { addBOM: one.mark });
          const decoded = await decodeStream(bytes, length);
          expect(decoded.text).toBe(text);
          expect(decoded.detection).toMatchObject({ encoding: one.encoding, doubtful: null });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('settles the encoding by Chinese that comes late', async () => {
    const text = `${'a,b,c\n'.repeat(40_000)}${'高新区的科技企业。'.repeat(30)}`;
    const decoded = await decodeStream(iconv.encode(text, 'gb18030'), 65_536);
    expect(decoded.text).toBe(text);
    expect(decoded.detection).toMatchObject({ encoding: 'gb18030' });
  });

  it('ends at once on binary data', async () => {
    const decoded = await decodeStream(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 255]), 8);
    expect(decoded).toMatchObject({ text: '', detection: { type: 'binary' } });
  });
});
