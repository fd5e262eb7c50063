import { createHash } from 'node:crypto';
import type { AnnotatedArticle } from '../annotators/annotation.ts';
import type { Page } from '../readers/page.ts';

function sha256(...fields: readonly string[]): Buffer {
  const hash = createHash('sha256');
  // Length first, so that no two different field lists run together to the same bytes.
  for (const field of fields) hash.update(`${field.length}:`).update(field);
  return hash.digest();
}

/** Equal exactly when two pages hold the same text with the same metadata, wherever they lie. */
export function pageHash(page: Page): string {
  return sha256(page.layout, page.text, JSON.stringify(page.metadata)).toString('hex');
}

/** Equal exactly when nothing that is stored of the article differs, its place in the file apart. */
export function contentHash({ article, annotations, ...folded }: AnnotatedArticle): string {
  const { page: _, ...own } = article;
  return sha256(JSON.stringify(own), JSON.stringify(folded), String(annotations.length)).toString(
    'hex',
  );
}

/**
 * A public id for a new article: 16 hexadecimal digits, the same for the same story in a file of the
 * same name wherever the folder lies. `attempt` makes another one when the first is taken.
 */
export function mintId(annotated: AnnotatedArticle, attempt: number): string {
  const { page, title } = annotated.article;
  const fileName = page.file.split(/[/\\]/).at(-1)!;
  return sha256(title, annotated.text, fileName, page.place, String(attempt))
    .toString('hex')
    .slice(0, 16);
}
