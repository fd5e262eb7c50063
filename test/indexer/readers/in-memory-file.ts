import { Readable } from 'node:stream';
import type { Finding } from '../../../indexer/core/finding.ts';
import type { Page, SourceFile } from '../../../indexer/readers/page.ts';

/** A source file that is nowhere on disk. */
export function inMemoryFile(path: string, content: string | Uint8Array): SourceFile {
  const bytes = Buffer.from(content as string);
  return {
    path,
    size: bytes.length,
    head: bytes.subarray(0, 64 * 1024),
    read: () => Promise.resolve(bytes),
    stream: () => Readable.from(piecesOf(bytes)),
  };
}

/** Small pieces of an odd length, so that characters are cut between them. */
function* piecesOf(bytes: Buffer): Generator<Buffer> {
  const length = Math.max(997, Math.ceil(bytes.length / 500));
  for (let start = 0; start < bytes.length; start += length) {
    yield bytes.subarray(start, start + length);
  }
}

export interface Collected {
  readonly pages: readonly Page[];
  readonly findings: readonly Finding[];
}

export async function collect(items: AsyncIterable<Page | Finding>): Promise<Collected> {
  const pages: Page[] = [];
  const findings: Finding[] = [];
  for await (const item of items) {
    if (item.type === 'page') pages.push(item);
    else findings.push(item);
  }
  return { pages, findings };
}
