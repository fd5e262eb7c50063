import { deserialize, serialize } from 'node:v8';
import type { Finding } from '../core/finding.ts';
import { groupBy } from '../core/group-by.ts';
import type { Page } from '../readers/page.ts';
import { allRows, allValues, firstRow, valueOf, type Store } from '../store/database.ts';
import { writeStore } from '../store/write-store.ts';
import { pageHash } from './article-row.ts';
import type { ArticleWriter } from './article-writer.ts';
import { createArticleWriter, removeArticles } from './article-writer.ts';
import { noChanges, type ArticleChanges } from './ingest-report.ts';
import type { PreparedPage } from './prepare-page.ts';

interface KnownPage {
  readonly id: number;
  readonly hash: string;
  readonly place: string;
}

export type FileIntake = Awaited<ReturnType<typeof startFileIntake>>;

/**
 * Takes one file's pages into the store, in as many transactions as the caller makes lists, so that no other
 * process waits long for its turn to write. Until `finish` has done, the file counts as not yet taken as it is, so an
 * interrupted run is simply done again: pages already stored are recognised by their hash. `path` is the name that
 * reports and exports show.
 */
export async function startFileIntake(store: Store, path: string) {
  const { id: fileId, fingerprint: formerFingerprint } = await openFile(store, path);
  const pagesOf = 'SELECT id, hash, place FROM pages WHERE file_id = ?';
  const storedPages = groupBy(allRows<KnownPage>(store, pagesOf, fileId), ({ hash }) => hash);
  // Empty: never taken to its end. What lies there is then the start of the same run, nothing to compare with.
  const isFirstTime = formerFingerprint === '';
  const changes = noChanges();
  const writer = createArticleWriter(store, fileId, changes);
  const held = holdPages(store, fileId);
  const moved: Omit<KnownPage, 'hash'>[] = [];

  async function insertHeld(): Promise<void> {
    for (const pages of held.lists())
      await writeStore(store, () => insertPages(store, fileId, writer, pages));
  }

  async function replaceGone(): Promise<void> {
    const gone = [...storedPages.values()].flat().map(({ id }) => id);
    writer.offerForUpdate(gone);
    await insertHeld();
    changes.removed += await removePages(store, gone);
    const placeOf = store.prepare('UPDATE pages SET place = ? WHERE id = ?');
    await writeInSteps(store, moved, ({ id, place }) => placeOf.run(place, id));
  }

  return {
    /** How many articles the page has when it lies in the store as it is now, and needs no splitting; else null. */
    keepIfStored(page: Page): number | null {
      const known = storedPages.get(pageHash(page))?.shift();
      if (known === undefined) return null;
      if (known.place !== page.place) moved.push({ id: known.id, place: page.place });
      const articlesOn = 'SELECT count(*) FROM articles WHERE page_id = ?';
      const articles = valueOf<number>(store, articlesOn, known.id)!;
      changes.unchanged += articles;
      return articles;
    },
    async add(pages: readonly PreparedPage[]): Promise<void> {
      // An edited page must first be compared with what is gone from the file, known only at the end.
      if (isFirstTime) await writeStore(store, () => insertPages(store, fileId, writer, pages));
      else held.hold(pages);
    },
    /** Matches what is new with what is gone, removes the rest, and records the file as taken. */
    async finish(
      fingerprint: string,
      size: number,
      findings: readonly Finding[],
    ): Promise<ArticleChanges> {
      // What could not be read says nothing about its articles: those that were read before stay.
      const isCutOff = findings.some(
        ({ severity, place, isRestUnread = place === '' }) =>
          severity === 'rejected' && isRestUnread,
      );
      if (isCutOff) await insertHeld();
      else await replaceGone();
      const record = store.prepare(
        'UPDATE files SET fingerprint = ?, size = ?, missing = 0, taken_at = ? WHERE id = ?',
      );
      await writeStore(store, () => {
        recordFindings(store, path, findings);
        const now = new Date().toISOString();
        record.run(isCutOff ? formerFingerprint : fingerprint, size, now, fileId);
      });
      return changes;
    },
  };
}

/** Removes pages with what is left of their articles; returns how many articles went. */
async function removePages(store: Store, pageIds: readonly number[]): Promise<number> {
  const docsOn = 'SELECT doc FROM articles WHERE page_id = ?';
  const remove = store.prepare('DELETE FROM pages WHERE id = ?');
  let removed = 0;
  await writeInSteps(store, pageIds, (id) => {
    const docs = allValues<number>(store, docsOn, id);
    removeArticles(store, docs);
    remove.run(id);
    removed += docs.length;
  });
  return removed;
}

/** Pages removed, or given another place, in one transaction. */
const PAGES_AT_ONCE = 100;

async function writeInSteps<Item>(
  store: Store,
  items: readonly Item[],
  write: (item: Item) => unknown,
): Promise<void> {
  for (let at = 0; at < items.length; at += PAGES_AT_ONCE)
    await writeStore(store, () => {
      for (const item of items.slice(at, at + PAGES_AT_ONCE)) write(item);
    });
}

/** Replaces what is known to be wrong with a file. Call inside a transaction. */
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
export async function removeFile(store: Store, path: string): Promise<number> {
  const pages =
    'SELECT pages.id FROM pages JOIN files ON files.id = pages.file_id WHERE files.path = ?';
  const removed = await removePages(store, allValues(store, pages, path));
  await writeStore(store, () => {
    store.prepare('DELETE FROM files WHERE path = ?').run(path);
    store.prepare('DELETE FROM findings WHERE file = ?').run(path);
  });
  return removed;
}

async function openFile(store: Store, path: string): Promise<{ id: number; fingerprint: string }> {
  const select = 'SELECT id, fingerprint FROM files WHERE path = ?';
  const insert = "INSERT INTO files (path, fingerprint, size, taken_at) VALUES (?, '', 0, ?)";
  if (firstRow(store, select, path) === undefined)
    await writeStore(store, () => store.prepare(insert).run(path, new Date().toISOString()));
  return firstRow<{ id: number; fingerprint: string }>(store, select, path)!;
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

/**
 * Keeps the pages of a file that wait for its end in a temporary table of this connection: on disk when they are many,
 * and gone with the process.
 */
function holdPages(store: Store, fileId: number) {
  store.exec(
    'CREATE TEMP TABLE IF NOT EXISTS held_pages (n INTEGER PRIMARY KEY, file_id INTEGER, pages BLOB)',
  );
  store.prepare('DELETE FROM held_pages WHERE file_id = ?').run(fileId);
  const insert = store.prepare('INSERT INTO held_pages (file_id, pages) VALUES (?, ?)');
  const first = store.prepare<[number], { n: number; pages: Buffer }>(
    'SELECT n, pages FROM held_pages WHERE file_id = ? ORDER BY n LIMIT 1',
  );
  const forget = store.prepare('DELETE FROM held_pages WHERE n = ?');
  return {
    hold: (pages: readonly PreparedPage[]) => void insert.run(fileId, serialize(pages)),
    /** The lists as they came, one read at a time; each is forgotten when the next is read. */
    *lists(): Generator<readonly PreparedPage[]> {
      for (let row = first.get(fileId); row !== undefined; row = first.get(fileId)) {
        yield deserialize(row.pages) as PreparedPage[];
        forget.run(row.n);
      }
    },
  };
}
