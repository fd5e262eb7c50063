import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSource } from '../../../indexer/readers/open-source.ts';
import type { ReadingLimits } from '../../../indexer/ingest/guarded-reading.ts';
import { startGuardedReading } from '../../../indexer/ingest/guarded-reading.ts';
import { temporaryFolder } from '../../service-for-tests.ts';
import { collect } from '../readers/in-memory-file.ts';
import { makeEncryptedPdf } from '../readers/pdf-fixture.ts';

const draw = 'BT /F1 12 Tf 72 720 Td (Gaoxinqu news of the park) Tj ET';
const record = (n: number) =>
  JSON.stringify({ title: `第${n}篇`, text: '园区新闻的正文。'.repeat(20) });

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(files: Readonly<Record<string, string | Buffer>>, limits?: ReadingLimits) {
  const reading = startGuardedReading(limits);
  try {
    const found = [];
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      writeFileSync(path, content);
      const source = await openSource(path, folder);
      if ('type' in source) throw new Error(source.reason);
      found.push(await collect(reading.read(source)));
    }
    return found;
  } finally {
    await reading.close();
  }
}

const rejection = (reason: RegExp) => ({
  severity: 'rejected',
  file: expect.stringContaining(folder) as string,
  isRestUnread: true,
  reason: expect.stringMatching(reason) as string,
  remedy: expect.stringMatching(/./u) as string,
});

describe('guarded reading', () => {
  it('yields all of a file in its order, however many messages it takes', async () => {
    const lines = Array.from({ length: 700 }, (_, n) => record(n));
    const [many, one] = await read({ 'many.jsonl': lines.join('\n'), 'one.txt': '园区一页' });
    expect(many!.findings).toEqual([]);
    expect(many!.pages.map(({ metadata }) => metadata.title)).toEqual(
      lines.map((_, n) => `第${n}篇`),
    );
    expect(one!.pages).toMatchObject([{ text: '园区一页', layout: 'newspaper' }]);
  });

  it('gives an encrypted PDF up that would fill the memory, and reads the next file', async () => {
    const bomb = makeEncryptedPdf(Buffer.alloc(400_000_000, `${draw} `));
    expect(bomb.length).toBeLessThan(3_000_000);
    const files = { 'bomb.pdf': bomb, 'good.pdf': makeEncryptedPdf(Buffer.from(draw)) };
    const [given, good] = await read(files, { growth: 300 << 20 });
    expect(given).toMatchObject({ pages: [], findings: [rejection(/超过 300 MB/u)] });
    expect(good!.pages.map(({ text }) => text)).toEqual(['Gaoxinqu news of the park']);
  }, 60_000);

  it('ends what makes no progress, with the limit', async () => {
    // No thread has loaded within a millisecond.
    const files = { 'slow.txt': '园区一页', 'next.txt': '园区二页' };
    for (const { pages, findings } of await read(files, { standstill: 1 })) {
      expect(pages).toEqual([]);
      expect(findings).toMatchObject([rejection(/0\.001 秒没有进展/u)]);
    }
  });

  it('ends what outgrows its heap, and not the process', async () => {
    const html = `<html><body>${'<b>文</b>'.repeat(150_000)}`;
    const [given, next] = await read({ 'large.html': html, 'next.txt': '园区' }, { heap: 60 });
    expect(given).toMatchObject({ pages: [], findings: [rejection(/超过 60 MB/u)] });
    expect(next!.pages).toHaveLength(1);
  }, 60_000);
});
