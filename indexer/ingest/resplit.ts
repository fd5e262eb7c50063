import type { Finding } from '../core/finding.ts';
import { allValues, type Store } from '../store/database.ts';
import { pagesOfFile } from '../store/stored-page.ts';
import { writeStore } from '../store/write-store.ts';
import { mapInOrder } from '../core/map-in-order.ts';
import type { PagePreparation } from './prepare-pages.ts';
import { createArticleWriter } from './article-writer.ts';
import { noChanges } from './ingest-report.ts';

/** What is prepared together and written in one transaction: little to hold in memory. */
const PAGES_A_LIST = 32;

/**
 * Cuts every stored page again with the present splitter and annotators; the files themselves are not
 * needed. An article that is recognised keeps its id. Pages are written a few at a time, each whole,
 * so that a killed run loses nothing and the next one finds what it did unchanged. Result and order
 * do not depend on the threads of `preparation`, which is left open. Returns what changed, and of pages that could
 * not be cut again a finding each; their articles stay as they are.
 */
export async function resplitStoredPages(
  store: Store,
  preparation: Pick<PagePreparation, 'prepare' | 'ahead'>,
) {
  const changes = noChanges();
  const findings: Finding[] = [];
  const setAsideOf = store.prepare('UPDATE pages SET set_aside = ? WHERE id = ?');
  const lists = mapInOrder(listPages(store), preparation.ahead, async (list) => ({
    list,
    results: await preparation.prepare(list.pages.map(({ page }) => page)),
  }));
  for await (const { list, results } of lists) {
    await writeStore(store, () => {
      for (const [number, { id }] of list.pages.entries()) {
        const result = results[number]!;
        if ('type' in result) {
          findings.push(result);
          continue;
        }
        const writer = createArticleWriter(store, list.fileId, changes);
        writer.offerForUpdate([id]);
        result.articles.forEach((article, position) => writer.write(article, id, position));
        writer.removeUnclaimed();
        setAsideOf.run(JSON.stringify(result.setAside), id);
      }
    });
  }
  return { changes, findings };
}

function* listPages(store: Store) {
  for (const fileId of allValues<number>(store, 'SELECT id FROM files ORDER BY id')) {
    const pages = pagesOfFile(store, fileId);
    for (let at = 0; at < pages.length; at += PAGES_A_LIST)
      yield { fileId, pages: pages.slice(at, at + PAGES_A_LIST) };
  }
}
