import type { AnnotatedArticle } from '../annotators/annotation.ts';
import type { Finding } from '../finding.ts';
import type { Page } from '../readers/page.ts';
import type { Store } from '../store/database.ts';
import { nextSeq } from '../store/changes.ts';
import { pageHash } from './hashes.ts';
import type { ArticleWriter } from './article-writer.ts';
import { createArticleWriter } from './article-writer.ts';

/** A page with the articles found on it. */
export interface PreparedPage {
  readonly page: Page;
  readonly articles: readonly AnnotatedArticle[];
  readonly setAside: readonly { readonly start: number; readonly end: number }[];
}

export interface FileChanges {
  added: number;
  updated: number;
  removed: number;
  unchanged: number;
}

/**
 * Takes one file's pages into the store, in as many transactions as the caller makes batches.
 * Until {@link FileIntake.finish}, the file counts as not yet taken, so an interrupted run is
 * simply done again: pages already stored are recognised by their hash.
 */
export interface FileIntake {
  /** True when the page lies in the store as it is now; it then needs no splitting. */
  readonly keepIfStored: (page: Page) => boolean;
  readonly add: (pages: readonly PreparedPage[]) => void;
  /** Matches what is new with what is gone, removes the rest, and records the file as taken. */
  readonly finish: (fingerprint: string, size: number, findings: readonly Finding[]) => FileChanges;
}

/** Opens the intake of one file; `path` is the name that reports and exports show. */
export function startFileIntake(store: Store, path: string): FileIntake {
  const { id: fileId, fingerprint: formerFingerprint } = openFile(store, path);
  const storedPages = new Map<string, number[]>();
  for (const row of store
    .prepare<[number], { id: number; hash: string }>('SELECT id, hash FROM pages WHERE file_id = ?')
    .all(fileId)) {
    const same = storedPages.get(row.hash);
    if (same === undefined) storedPages.set(row.hash, [row.id]);
    else same.push(row.id);
  }
  // Empty: never taken to its end. What lies there is then the start of the same run, nothing to compare with.
  const isFirstTime = formerFingerprint === '';
  const changes: FileChanges = { added: 0, updated: 0, removed: 0, unchanged: 0 };
  const writer = createArticleWriter(store, fileId, changes);
  const held: PreparedPage[] = [];
  const placeOf = store.prepare('UPDATE pages SET place = ? WHERE id = ? AND place <> ?');
  const articlesOn = store.prepare<[number], { n: number }>(
    'SELECT count(*) AS n FROM articles WHERE page_id = ?',
  );

  return {
    keepIfStored(page) {
      const pageId = storedPages.get(pageHash(page))?.shift();
      if (pageId === undefined) return false;
      placeOf.run(page.place, pageId, page.place);
      changes.unchanged += articlesOn.get(pageId)!.n;
      return true;
    },
    add(pages) {
      // An edited page must first be compared with what is gone from the file, known only at the end.
      if (isFirstTime)
        store.transaction(() => insertPages(store, fileId, writer, pages)).immediate();
      else held.push(...pages);
    },
    finish(fingerprint, size, findings) {
      // An unreadable file says nothing about its articles: those that were read before stay.
      const isUnreadable =
        findings.some(({ severity, place }) => severity === 'rejected' && place === '') &&
        held.length === 0 &&
        changes.unchanged + changes.added === 0;
      if (isUnreadable) {
        recordFindings(store, path, findings);
        return changes;
      }
      store
        .transaction(() => {
          const gone = [...storedPages.values()].flat();
          writer.offerForUpdate(gone);
          insertPages(store, fileId, writer, held);
          writer.removeUnclaimed();
          for (const pageId of gone) store.prepare('DELETE FROM pages WHERE id = ?').run(pageId);
          recordFindings(store, path, findings);
          store
            .prepare(
              'UPDATE files SET fingerprint = ?, size = ?, missing = 0, taken_at = ? WHERE id = ?',
            )
            .run(fingerprint, size, new Date().toISOString(), fileId);
        })
        .immediate();
      return changes;
    },
  };
}

/** Replaces what is known to be wrong with a file. */
export function recordFindings(store: Store, path: string, findings: readonly Finding[]): void {
  store.prepare('DELETE FROM findings WHERE file = ?').run(path);
  const insert = store.prepare(
    'INSERT INTO findings (file, place, severity, reason, remedy, found_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const now = new Date().toISOString();
  for (const finding of findings)
    insert.run(path, finding.place, finding.severity, finding.reason, finding.remedy, now);
}

/** Removes a file with its pages and articles; returns how many articles went. */
export function removeFile(store: Store, path: string): number {
  return store
    .transaction(() => {
      const docs = store
        .prepare<[string], { doc: number }>(
          'SELECT doc FROM articles JOIN files ON files.id = articles.file_id WHERE files.path = ?',
        )
        .all(path);
      for (const { doc } of docs)
        store.prepare('INSERT INTO removals VALUES (?, ?)').run(doc, nextSeq(store));
      store.prepare('DELETE FROM files WHERE path = ?').run(path);
      store.prepare('DELETE FROM findings WHERE file = ?').run(path);
      return docs.length;
    })
    .immediate();
}

function openFile(store: Store, path: string): { id: number; fingerprint: string } {
  store
    .prepare(
      `INSERT INTO files (path, fingerprint, size, taken_at) VALUES (?, '', 0, ?) ON CONFLICT DO NOTHING`,
    )
    .run(path, new Date().toISOString());
  return store
    .prepare<[string], { id: number; fingerprint: string }>(
      'SELECT id, fingerprint FROM files WHERE path = ?',
    )
    .get(path)!;
}

function insertPages(
  store: Store,
  fileId: number,
  writer: ArticleWriter,
  pages: readonly PreparedPage[],
): void {
  const insert = store.prepare<unknown[], { id: number }>(
    'INSERT INTO pages (file_id, place, layout, text, metadata, set_aside, hash) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id',
  );
  for (const { page, articles, setAside } of pages) {
    const pageId = insert.get(
      fileId,
      page.place,
      page.layout,
      page.text,
      JSON.stringify(page.metadata),
      JSON.stringify(setAside),
      pageHash(page),
    )!.id;
    articles.forEach((article, position) => writer.write(article, pageId, position));
  }
}
