import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../../indexer/readers/page.ts';
import { readers, readSource } from '../../../indexer/readers/readers.ts';
import { collect, inMemoryFile } from './in-memory-file.ts';
import { matching } from './matching.ts';

const EXTENSIONS = ['.txt', '.md', '.html', '.pdf', '.jsonl', '.json', '.csv', '.tsv', '.docx', ''];

/** Pieces that the formats are made of, in any order. */
const PIECES = [
  '---\n',
  'title: 园区\n',
  'date: 2022\n',
  '# ',
  '## 标题\n',
  '<p>',
  '</p>',
  '<br>',
  '<html>',
  '<!doctype html>',
  '{"title":"甲","text":"乙"}\n',
  '{"title":',
  'title,text\n',
  '甲,"乙\n',
  '"',
  ',',
  '\n',
  '\n\n',
  '\f',
  '\0',
  '\ufeff',
  '%PDF-1.4\n',
  '1 0 obj\n<<',
  '>>\nendobj\n',
  'stream\n',
  'xref\n',
  'trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF',
  '[查看原文](https://a.b)',
  '![',
  '](',
  '**',
  '&lt;',
  '&',
  '本报讯 高新区',
  '。',
  '\u202e',
  '\ud800',
];

async function assertReads(file: SourceFile): Promise<void> {
  const { pages, findings } = await collect(readSource(file));
  expect(pages.length + findings.length).toBeGreaterThan(0);
  for (const page of pages) {
    expect(page.text.trim()).not.toBe('');
    expect(page.text).not.toMatch(/[\0\r]|\p{Cs}/u);
    if (page.layout === 'story') expect(page.metadata.title ?? '').not.toBe('');
  }
  for (const finding of findings) {
    expect(finding.reason).toMatch(/[\u4e00-\u9fff]/);
    expect(finding.remedy).toMatch(/[\u4e00-\u9fff]/);
  }
}

describe('readSource', () => {
  it.each([
    ['a.txt', '本报讯', 'newspaper'],
    ['a.txt', '---\ntitle: 甲\n---\n乙', 'story'],
    ['a.txt', '## 甲\n乙\n## 丙\n丁', 'story'],
    ['a.md', '## 甲\n乙', 'story'],
    ['a.md', '没有标题的文字', 'newspaper'],
    ['a.html', '<title>甲</title><p>乙</p>', 'story'],
    ['a.txt', '<html><title>甲</title><p>乙</p></html>', 'story'],
    ['a.jsonl', '{"title":"甲","text":"乙"}', 'story'],
    ['a.csv', 'title,text\n甲,乙', 'story'],
  ])('reads %s: %j', async (path, content, layout) => {
    const { pages } = await collect(readSource(inMemoryFile(path, content)));
    expect(pages[0]?.layout).toBe(layout);
  });

  it.each([
    ['a.docx', [0x50, 0x4b, 3, 4], /docx/],
    ['a.xyz', [0x61], /不支持/],
    ['a', [0x89, 0x50, 0x4e, 0x47], /PNG/],
  ])('refuses %s and lists the formats it reads', async (path, bytes, reason) => {
    const { findings } = await collect(readSource(inMemoryFile(path, Buffer.from(bytes))));
    expect(findings).toMatchObject([{ severity: 'rejected', reason: matching(reason) }]);
    for (const reader of readers) expect(findings[0]?.remedy).toContain(reader.name);
  });

  it.each(EXTENSIONS)('throws on no bytes in a %s file', async (extension) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) =>
        assertReads(inMemoryFile(`a${extension}`, bytes)),
      ),
      { numRuns: 100 },
    );
  });

  it.each(EXTENSIONS)('throws on no text in a %s file, in any encoding', async (extension) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 5 })),
          { minLength: 1, maxLength: 30 },
        ),
        fc.constantFrom('utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be'),
        (pieces, encoding) => {
          const bytes = iconv.encode(pieces.join(''), encoding);
          return bytes.length === 0
            ? Promise.resolve()
            : assertReads(inMemoryFile(`a${extension}`, bytes));
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each(EXTENSIONS)('makes a finding of an I/O error in a %s file', async (extension) => {
    const failure = Object.assign(new Error('EIO: i/o error'), { code: 'EIO', errno: -5 });
    const file = inMemoryFile(`a${extension}`, '{"title":"甲","text":"乙"}\n## 甲\n乙');
    const failing: SourceFile = {
      ...file,
      read: () => Promise.reject(failure),
      stream: () => {
        const stream = file.stream();
        stream.destroy(failure);
        return stream;
      },
    };
    const { pages, findings } = await collect(readSource(failing));
    expect(pages).toEqual([]);
    expect(findings).toHaveLength(1);
  });
});
