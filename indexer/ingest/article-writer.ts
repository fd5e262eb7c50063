import type { AnnotatedArticle } from '../annotators/annotation.ts';
import { groupBy } from '../core/group-by.ts';
import { nextSeq } from '../store/changes.ts';
import { allRows, firstRow, type Store } from '../store/database.ts';
import { articleRow, contentHash, mintId, SET_ANNOTATIONS } from './article-row.ts';
import type { ArticleChanges } from './ingest-report.ts';

const FORMER = 'doc, id, title, position, content_hash, page_id';

/** An article that lies in the store already. */
interface FormerArticle {
  readonly doc: number;
  readonly id: string;
  readonly title: string;
  readonly position: number;
  readonly content_hash: string;
  readonly page_id: number;
}

export type ArticleWriter = ReturnType<typeof createArticleWriter>;

/** Writes the articles of one file and counts into `changes`; the caller holds the transaction. */
export function createArticleWriter(store: Store, fileId: number, changes: ArticleChanges) {
  let former = createFormerArticles([]);
  const articleOf = (id: string) =>
    firstRow<FormerArticle>(store, `SELECT ${FORMER} FROM articles WHERE id = ?`, id);
  const insert = store.prepare(
    `INSERT INTO articles (id, file_id, page_id, position, title, text, details, date, date_precision,
       first_day, last_day, source, kind, parks, content_hash, changed_seq)
     VALUES (@id, @fileId, @pageId, @position, @title, @text, @details, @date, @datePrecision,
       @firstDay, @lastDay, @source, @kind, @parks, @contentHash, @seq)`,
  );
  const update = store.prepare(
    `UPDATE articles SET file_id = @fileId, page_id = @pageId, position = @position, title = @title,
       text = @text, ${SET_ANNOTATIONS} WHERE doc = @doc`,
  );
  const move = store.prepare(
    'UPDATE articles SET file_id = ?, page_id = ?, position = ? WHERE doc = ?',
  );
  const disown = store.prepare("UPDATE pages SET hash = '' WHERE id = ? AND hash <> ''");

  function recognise(annotated: AnnotatedArticle, hash: string, position: number) {
    const givenId = annotated.article.page.metadata.id;
    if (givenId !== undefined) return articleOf(givenId);
    return former.find(hash, annotated.article.title, position);
  }

  return {
    /** Former articles whose pages are gone: an article written next may be the edited form of one. */
    offerForUpdate(pageIds: readonly number[]): void {
      const sql = `SELECT ${FORMER} FROM articles WHERE page_id = ? ORDER BY position`;
      former = createFormerArticles(
        pageIds.flatMap((id) => allRows<FormerArticle>(store, sql, id)),
      );
    },
    /** Inserts the article, or updates its former self, or leaves it alone when nothing changed. */
    write(annotated: AnnotatedArticle, pageId: number, position: number): void {
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
    /** Removes the offered articles that nothing written was recognised as. */
    removeUnclaimed(): void {
      const docs = former.unclaimed().map(({ doc }) => doc);
      removeArticles(store, docs);
      changes.removed += docs.length;
    },
  };

  function freeId(annotated: AnnotatedArticle): string {
    for (let attempt = 0; ; attempt += 1) {
      const id = mintId(annotated, attempt);
      if (articleOf(id) === undefined) return id;
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

/**
 * Articles whose pages are gone: an article written next may be the edited form of one, by its content, else its
 * headline, else its place on the page. Each is claimed once; of several the first is.
 */
function createFormerArticles(articles: readonly FormerArticle[]) {
  const unclaimed = new Map(articles.map((article) => [article.doc, article]));
  // The last first, since a list is used up from its end.
  const reversed = [...articles].reverse();
  const byHash = groupBy(reversed, ({ content_hash }) => content_hash);
  const byTitle = groupBy(reversed, ({ title }) => title);
  const byPosition = groupBy(reversed, ({ position }) => position);

  function firstOf(alike: FormerArticle[] = []): FormerArticle | undefined {
    while (alike.length > 0 && !unclaimed.has(alike.at(-1)!.doc)) alike.pop();
    return alike.at(-1);
  }

  return {
    find: (hash: string, title: string, position: number): FormerArticle | undefined =>
      firstOf(byHash.get(hash)) ?? firstOf(byTitle.get(title)) ?? firstOf(byPosition.get(position)),
    /** Returns whether it was one of these. */
    claim: ({ doc }: FormerArticle): boolean => unclaimed.delete(doc),
    unclaimed: (): FormerArticle[] => [...unclaimed.values()],
  };
}
