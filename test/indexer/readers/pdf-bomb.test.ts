import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pdf } from '../../../indexer/readers/pdf.ts';
import { hasBombStream, MAX_STREAM_BYTES } from '../../../indexer/readers/pdf-bomb.ts';
import { inMemoryFile } from './in-memory-file.ts';
import { makePdf } from './pdf-fixture.ts';

const around = (stream: Buffer, entry = '') =>
  Buffer.concat([
    Buffer.from(`%PDF-1.4\n1 0 obj\n<< ${entry} /Filter /FlateDecode >>\nstream\r\n`),
    stream,
    Buffer.from('\nendstream\nendobj\n'),
  ]);

describe('hasBombStream', () => {
  const LIMIT = 100_000;
  const small = deflateSync(Buffer.alloc(LIMIT - 1, 'BT ET '));
  const bomb = deflateSync(Buffer.alloc(LIMIT + 1, 'BT ET '));
  it.each([
    ['a stream below the limit', around(small), false],
    ['a stream above it', around(bomb), true],
    ['one behind others', Buffer.concat([around(small), around(bomb)]), true],
    ['a picture of that size', around(bomb, '/Subtype /Image'), false],
    ['one after a picture', Buffer.concat([around(bomb, '/Subtype /Image'), around(bomb)]), true],
    [
      'a picture without bounds',
      around(deflateSync(Buffer.alloc(9 * LIMIT)), '/Subtype /Image'),
      true,
    ],
    ['one compressed twice', around(deflateSync(bomb)), true],
    ['a stream that ends too early', around(small.subarray(0, 40)), false],
    ['what only looks compressed', around(Buffer.from([0x78, 0x9c, 1, 2, 3])), false],
    ['a document without streams', Buffer.from('%PDF-1.4 stream'), false],
    ['a page of a newspaper', makePdf([[{ text: '园区新闻', x: 50, y: 50, size: 10 }]]), false],
  ])('judges %s', (_name, bytes, expected) => {
    expect(hasBombStream(bytes, LIMIT)).toBe(expected);
  });
});

it('a PDF that would grow without bounds is rejected, with the limit', async () => {
  const bytes = around(deflateSync(Buffer.alloc(MAX_STREAM_BYTES + 1)));
  expect(bytes.length).toBeLessThan(100_000);
  const read = [];
  for await (const item of pdf.read(inMemoryFile('bomb.pdf', bytes))) read.push(item);
  expect(read).toMatchObject([
    { severity: 'rejected', reason: expect.stringContaining('64 MB') as string },
  ]);
});
