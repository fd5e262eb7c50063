import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** One story of a digest: its heading as it is, and its text without tags, a paragraph a line. */
export interface CorpusItem {
  /** `20230808-7`: the day of the digest and the place in it, from 1. */
  readonly id: string;
  /** `2023-08-08` */
  readonly date: string;
  readonly headline: string;
  readonly text: string;
}

/** Returns the packed digests in a folder, in name order. */
export async function corpusArchives(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.tar.gz'))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * Returns all items with a text from packed digests, in the order of their days; needs `tar`, and
 * unpacks into a temporary folder that it removes.
 */
export async function readCorpus(archives: readonly string[]): Promise<CorpusItem[]> {
  const run = promisify(execFile);
  const items: CorpusItem[] = [];
  for (const archive of archives) {
    const folder = await mkdtemp(join(tmpdir(), 'bench-corpus-'));
    try {
      await run('tar', ['-xzf', archive, '-C', folder]);
      const names = await readdir(folder, { recursive: true });
      for (const name of names.filter((one) => /\d{8}\.md$/.test(one)).sort())
        items.push(...digestItems(name, await readFile(join(folder, name), 'utf8')));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return items;
}

/** Returns the items of one digest, whose name ends in its day (`20230808.md`). */
export function digestItems(name: string, markdown: string): CorpusItem[] {
  const day = /(\d{8})\.md$/.exec(name)?.[1] ?? '';
  return withoutFooter(markdown)
    .split(/^### /m)
    .slice(1)
    .map((section, index) => {
      const [headline = '', ...body] = section.split('\n');
      return {
        id: `${day}-${index + 1}`,
        date: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`,
        headline: headline.trim(),
        text: plainText(body.join('\n')),
      };
    })
    .filter((item) => item.text !== '');
}

/** The generator's time stamp stands after the last rule. */
function withoutFooter(markdown: string): string {
  const rule = markdown.lastIndexOf('\n---\n');
  return rule >= 0 && markdown.length - rule < 100 ? markdown.slice(0, rule) : markdown;
}

const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  ldquo: '“',
  rdquo: '”',
  middot: '·',
};

function plainText(html: string): string {
  return html
    .replace(/^\[[^\]\n]{1,40}\]\([^)\n]{1,400}\)$/gm, '')
    .replace(/<\/p>|<br\s{0,3}\/?>/g, '\n')
    .replace(/<[^<>]{0,400}>/g, '')
    .replace(/&(\w{1,8});/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}
