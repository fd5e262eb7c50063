import { rejected, type Finding } from '../core/finding.ts';
import { csv } from './csv.ts';
import { binarySignature } from './detect-encoding.ts';
import { digest } from './digest.ts';
import { frontMatterPost } from './front-matter-post.ts';
import { html } from './html.ts';
import { jsonLines } from './json-lines.ts';
import { mergeMetadata } from './metadata.ts';
import { newspaperPage } from './newspaper-page.ts';
import type { Page, Reader, SourceFile } from './page.ts';
import { pdf } from './pdf.ts';
import { createSidecarLookup, type SidecarLookup } from './sidecar.ts';

/** Asked in this order; the first that accepts a file reads it. The last takes any other text. */
export const readers: readonly Reader[] = [
  pdf,
  jsonLines,
  csv,
  html,
  frontMatterPost,
  digest,
  newspaperPage,
];

/**
 * Yields the pages of a file in their order, completed by its sidecars and the date in its name,
 * and findings. Never throws on content or on I/O errors. Give one `sidecars` to a whole run:
 * then the `meta.yaml` of a folder is read, and its faults are reported, once.
 */
export async function* readSource(
  file: SourceFile,
  sidecars: SidecarLookup = createSidecarLookup(),
): AsyncGenerator<Page | Finding> {
  const reader = readers.find((candidate) => candidate.accepts(file));
  if (reader === undefined) {
    const signature = binarySignature(file.head);
    const reason = signature === null ? '不支持这种文件' : `不支持这种文件：${signature}`;
    const formats = readers.map(({ name }) => name).join('；');
    yield rejected(file.path, '', reason, `换成支持的格式：${formats}`);
    return;
  }
  const { metadata, findings } = await sidecars(file);
  yield* findings;
  for await (const item of reader.read(file)) {
    yield item.type === 'page'
      ? { ...item, metadata: mergeMetadata(item.metadata, metadata) }
      : item;
  }
}
