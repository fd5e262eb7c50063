import { beginsWithFrontMatter } from './front-matter-post.ts';
import { pageOfNewspaper, type Page, type SourceFile } from './page.ts';
import { headText, textReader } from './text-file.ts';

/** The text of a newspaper page, several stories jumbled; a form feed begins a new page. */
export const newspaperPage = textReader(
  '报纸版面文本（.txt）',
  (file) =>
    /\.(?:txt|text|md|markdown|mdown)$/i.test(file.path) && !beginsWithFrontMatter(headText(file)),
  readPages,
);

function* readPages(text: string, file: SourceFile): Generator<Page> {
  const pages = text.split('\f');
  const filled = pages.filter((page) => page.trim() !== '').length;
  for (const [index, page] of pages.entries())
    if (page.trim() !== '')
      yield pageOfNewspaper(file.path, filled > 1 ? `第 ${index + 1} 页` : '', page);
}
