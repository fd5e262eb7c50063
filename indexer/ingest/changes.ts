import type { AnnotatedArticle } from '../annotators/annotation.ts';
import type { Page } from '../readers/page.ts';

/** A page with the articles found on it. */
export interface PreparedPage {
  readonly page: Page;
  readonly articles: readonly AnnotatedArticle[];
  readonly setAside: readonly { readonly start: number; readonly end: number }[];
}

/** What taking in a file changed, in articles. */
export interface FileChanges {
  added: number;
  updated: number;
  removed: number;
  unchanged: number;
}
