import type { NewArticle } from './attacks/attack.ts';

const LINE = '园区发展“提速”，企业增资扩产。';

const SHAPES: readonly ((size: number) => string)[] = [
  // Lines that all have the words asked for.
  (size) => `${LINE}\n`.repeat(Math.round(20_000 * size)),
  (size) => Array.from({ length: 50_000 * size }, (_, n) => `园区${n}号，发展。`).join('\n'),
  // Paragraphs with nothing in them.
  (size) => '一\n'.repeat(Math.round(500_000 * size)),
  // One line.
  (size) => LINE.repeat(Math.round((1_500_000 * size) / LINE.length)),
  (size) => '，'.repeat(Math.round(500_000 * size)),
];

/** Articles of sizes that nobody writes and anybody may take in, one of each shape; `size` 1 is the largest of them, `name` begins their ids. */
export function vastArticles(name: string, size: number): NewArticle[] {
  return SHAPES.map((textOf, shape) => ({
    id: `${name}-${shape}`,
    title: `超长文章 ${name}-${shape}`,
    text: textOf(size),
  }));
}
