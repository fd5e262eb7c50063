import type { AnnotatedArticle } from '../annotators/annotation.ts';
import type { Store } from '../store/database.ts';
import { nextSeq } from '../store/changes.ts';
import { articleRow } from './article-row.ts';
import type { FileChanges } from './changes.ts';
import type { FormerArticle } from './former-articles.ts';
import { createFormerArticles } from './former-articles.ts';
import { contentHash, mintId } from './hashes.ts';

const FORMER = 'doc, id, title, position, content_hash, page_id';

export interface ArticleWriter {
  /** Former articles whose pages are gone: an article written next may be the edited form of one. */
  readonly offerForUpdate: (pageIds: readonly number[]) => void;
  /** Inserts the article, or updates its former self, or leaves it alone when nothing changed. */
  readonly write: (annotated: AnnotatedArticle, pageId: number, position: number) => void;
  /** Removes the offered articles that nothing written was recognised as. */
  readonly removeUnclaimed: () => void;
}

/** Writes the articles of one file and counts into `changes`; the caller holds the transaction. */
export function createArticleWriter(
  store: Store,
  fileId: number,
  changes: FileChanges,
): ArticleWriter {
  let former = createFormerArticles([]);
  const byGivenId = store.prepare<[string], FormerArticle>(
    `SELECT ${FORMER} FROM articles WHERE id = ?`,
  );
  const insert = store.prepare(
    `INSERT INTO articles (id, file_id, page_id, position, title, text, details, date, date_precision,
       first_day, last_day, source, kind, parks, content_hash, changed_seq)
     VALUES (@id, @fileId, @pageId, @position, @title, @text, @details, @date, @datePrecision,
       @firstDay, @lastDay, @source, @kind, @parks, @contentHash, @seq)`,
  );
  const update = store.prepare(
    `UPDATE articles SET file_id = @fileId, page_id = @pageId, position = @position, title = @title,
       text = @text, details = @details, date = @date, date_precision = @datePrecision,
       first_day = @firstDay, last_day = @lastDay, source = @source, kind = @kind, parks = @parks,
       content_hash = @contentHash, changed_seq = @seq
     WHERE doc = @doc`,
  );
  const move = store.prepare(
    'UPDATE articles SET file_id = ?, page_id = ?, position = ? WHERE doc = ?',
  );
  const disown = store.prepare("UPDATE pages SET hash = '' WHERE id = ? AND hash <> ''");

  function recognise(annotated: AnnotatedArticle, hash: string, position: number) {
    const givenId = annotated.article.page.metadata.id;
    if (givenId !== undefined) return byGivenId.get(givenId);
    return former.find(hash, annotated.article.title, position);
  }

  return {
    offerForUpdate(pageIds) {
      const select = store.prepare<[number], FormerArticle>(
        `SELECT ${FORMER} FROM articles WHERE page_id = ? ORDER BY position`,
      );
      former = createFormerArticles(pageIds.flatMap((pageId) => select.all(pageId)));
    },
    write(annotated, pageId, position) {
      const hash = contentHash(annotated);
      const self = recognise(annotated, hash, position);
      if (self !== undefined) {
        const wasOffered = former.claim(self);
        // Should the run be killed before the page is removed, it no longer holds what it says.
        if (wasOffered && self.page_id !== pageId) disown.run(self.page_id);
      }
      if (self?.content_hash === hash) {
        move.run(fileId, pageId, position, self.doc);
        changes.unchanged += 1;
        return;
      }
      const row = {
        ...articleRow(annotated),
        fileId,
        pageId,
        position,
        contentHash: hash,
        seq: nextSeq(store),
      };
      if (self === undefined) {
        insert.run({ ...row, id: annotated.article.page.metadata.id ?? freeId(annotated) });
        changes.added += 1;
      } else {
        update.run({ ...row, doc: self.doc });
        changes.updated += 1;
      }
    },
    removeUnclaimed() {
      const docs = former.unclaimed().map(({ doc }) => doc);
      removeArticles(store, docs);
      changes.removed += docs.length;
    },
  };

  function freeId(annotated: AnnotatedArticle): string {
    for (let attempt = 0; ; attempt += 1) {
      const id = mintId(annotated, attempt);
      if (byGivenId.get(id) === undefined) return id;
    }
  }
}

/** Removes articles, so that every index hears of it. Call inside a transaction. */
export function removeArticles(store: Store, docs: readonly number[]): void {
  const note = store.prepare('INSERT INTO removals VALUES (?, ?)');
  const remove = store.prepare('DELETE FROM articles WHERE doc = ?');
  for (const doc of docs) {
    note.run(doc, nextSeq(store));
    remove.run(doc);
  }
}
