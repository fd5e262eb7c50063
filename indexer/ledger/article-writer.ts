import type { AnnotatedArticle } from '../annotators/annotation.ts';
import type { Store } from '../store/database.ts';
import { nextSeq } from '../store/changes.ts';
import { articleRow } from './article-row.ts';
import type { FileChanges } from './file-intake.ts';
import { contentHash, mintId } from './hashes.ts';

interface FormerArticle {
  readonly doc: number;
  readonly id: string;
  readonly title: string;
  readonly position: number;
  readonly content_hash: string;
}

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
  let former: FormerArticle[] = [];
  const byGivenId = store.prepare<[string], FormerArticle>(
    'SELECT doc, id, title, position, content_hash FROM articles WHERE id = ?',
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

  function recognise(annotated: AnnotatedArticle, hash: string, position: number) {
    const givenId = annotated.article.page.metadata.id;
    if (givenId !== undefined) return byGivenId.get(givenId);
    return (
      former.find((one) => one.content_hash === hash) ??
      former.find((one) => one.title === annotated.article.title) ??
      former.find((one) => one.position === position)
    );
  }

  return {
    offerForUpdate(pageIds) {
      const select = store.prepare<[number], FormerArticle>(
        'SELECT doc, id, title, position, content_hash FROM articles WHERE page_id = ? ORDER BY position',
      );
      former = pageIds.flatMap((pageId) => select.all(pageId));
    },
    write(annotated, pageId, position) {
      const hash = contentHash(annotated);
      const self = recognise(annotated, hash, position);
      if (self !== undefined) former = former.filter((one) => one.doc !== self.doc);
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
      for (const { doc } of former) {
        store.prepare('INSERT INTO removals VALUES (?, ?)').run(doc, nextSeq(store));
        store.prepare('DELETE FROM articles WHERE doc = ?').run(doc);
      }
      changes.removed += former.length;
    },
  };

  function freeId(annotated: AnnotatedArticle): string {
    for (let attempt = 0; ; attempt += 1) {
      const id = mintId(annotated, attempt);
      if (byGivenId.get(id) === undefined) return id;
    }
  }
}
