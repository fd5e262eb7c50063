import type { Finding } from '../core/finding.ts';
import { beginsWithFrontMatter } from './front-matter.ts';
import type { Page, Reader, SourceFile } from './page.ts';
import { headText, readTextFile } from './text-file.ts';

/** The text of a newspaper page, several stories jumbled; a form feed begins a new page. */
export const newspaperPage: Reader = {
  name: '报纸版面文本（.txt）',
  accepts: (file) =>
    /\.(?:txt|text|md|markdown|mdown)$/i.test(file.path) &&
    !beginsWithFrontMatter(headText(file) ?? ''),
  read: readPages,
};

async function* readPages(file: SourceFile): AsyncGenerator<Page | Finding> {
  const { text, findings } = await readTextFile(file);
  yield* findings;
  if (text === null) return;
  const pages = text.split('\f');
  const filled = pages.filter((page) => page.trim() !== '').length;
  for (const [index, page] of pages.entries()) {
    if (page.trim() === '') continue;
    yield {
      type: 'page',
      file: file.path,
      place: filled > 1 ? `第 ${index + 1} 页` : '',
      layout: 'newspaper',
      text: page,
      metadata: { dates: [] },
    };
  }
}
