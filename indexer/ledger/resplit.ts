import type { Page } from '../readers/page.ts';
import type { Store } from '../store/database.ts';
import { pagesOfFile } from '../store/stored-page.ts';
import { createArticleWriter } from './article-writer.ts';
import type { FileChanges, PreparedPage } from './file-intake.ts';

/**
 * Cuts every stored page again with the present splitter and annotators; the files themselves are not
 * needed. An article that is recognised keeps its id. One transaction a file, so that a killed run
 * loses nothing and the next one finds what it did unchanged.
 */
export function resplitStoredPages(
  store: Store,
  preparePage: (page: Page) => PreparedPage,
  onFile?: (changes: FileChanges) => void,
): FileChanges {
  const changes: FileChanges = { added: 0, updated: 0, removed: 0, unchanged: 0 };
  const setAsideOf = store.prepare('UPDATE pages SET set_aside = ? WHERE id = ?');
  const files = store.prepare<[], { id: number }>('SELECT id FROM files ORDER BY id').all();
  for (const file of files) {
    store
      .transaction(() => {
        for (const { id, page } of pagesOfFile(store, file.id)) {
          const writer = createArticleWriter(store, file.id, changes);
          const { articles, setAside } = preparePage(page);
          writer.offerForUpdate([id]);
          articles.forEach((article, position) => writer.write(article, id, position));
          writer.removeUnclaimed();
          setAsideOf.run(JSON.stringify(setAside), id);
        }
      })
      .immediate();
    onFile?.(changes);
  }
  return changes;
}
