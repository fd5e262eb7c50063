import { isDeepStrictEqual } from 'node:util';
import type { Meilisearch } from 'meilisearch';
import { z } from 'zod';
import type { BuiltDocument, EngineDocument } from '../documents/engine-document.ts';
import { createPause } from '../core/yield-to-event-loop.ts';
import type { Placement } from '../engine/placement.ts';
import { currentOwner } from '../engine/placement.ts';
import { placementOf } from '../engine/placement-record.ts';
import { slotOf } from '../engine/rendezvous.ts';
import { articlesByDoc } from '../store/articles.ts';
import type { Store } from '../store/database.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import type { IndexNode } from '../engine/index-nodes.ts';
import type { IndexRecord } from './index-registry.ts';

/** Runs of neighbours take one walk of the store each. */
const RUNS = 8;
const ARTICLES_A_RUN = 4;
/** Of the documents that are looked at, so many are searched for as well, each by a word of its own. */
const SEARCHES = 16;
const HITS = 5;
/** Bytes: longer texts are left out, for their documents take long to make and much room. */
const LONGEST_TEXT = 60_000;

/** What a look at some articles of an index showed. */
export interface IndexAudit {
  readonly checked: number;
  /** Null when the index holds and finds them as it should; else what it does not, in Chinese. */
  readonly fault: string | null;
}

export interface AuditOptions {
  readonly nodes: readonly IndexNode[];
  readonly store: Store;
  readonly buildDocument: (article: StoredArticle) => BuiltDocument;
}

const hitsSchema = z.object({ hits: z.array(z.object({ doc: z.int() })) });

/**
 * Compares an index with the store by a random sample: the documents it holds with those that the
 * articles make today, and what words of theirs find. Damaged pages of the engine's files may still
 * answer, and only so does anybody notice. Articles that change meanwhile are left out.
 */
export async function auditIndex(index: IndexRecord, options: AuditOptions): Promise<IndexAudit> {
  const { store } = options;
  const articles = sampleArticles(store, index.appliedSeq);
  if (articles.length === 0) return { checked: 0, fault: null };
  const wrong = await Promise.all(
    options.nodes.map(async ({ name, admin }) => {
      const documents = await documentsOf(
        onNode(name, articles, placementOf(store, index.uid)),
        options,
      );
      if (documents.length === 0) return [];
      const suspects = await notAsTheyShould(index, documents, admin);
      // A busy engine may give up a search; what is damaged stays so.
      const lost = await notAsTheyShould(index, suspects, admin);
      const found = await wronglyFound(index, documents, admin, options);
      return [...lost.map(({ doc }) => doc), ...found];
    }),
  );
  const faulty = unchanged(store, wrong.flat(), index.appliedSeq);
  const fault =
    faulty.length === 0 ? null : `抽查 ${articles.length} 篇，有 ${faulty.length} 篇与文章库不符`;
  return { checked: articles.length, fault };
}

function sampleArticles(store: Store, upTo: number): StoredArticle[] {
  const { last } = store
    .prepare<[], { last: number | null }>('SELECT max(doc) AS last FROM articles')
    .get()!;
  const run = store.prepare<[number, number, number], { doc: number }>(
    `SELECT doc FROM articles
     WHERE doc >= ? AND changed_seq <= ? AND octet_length(text) <= ${LONGEST_TEXT} ORDER BY doc LIMIT ?`,
  );
  const docs = Array.from({ length: RUNS }, () => Math.floor(Math.random() * (last ?? 0)))
    .flatMap((start) => run.all(start, upTo, ARTICLES_A_RUN))
    .map(({ doc }) => doc);
  return articlesByDoc(store, [...new Set(docs)]);
}

/** Those that belong to an engine: all without a placement. */
function onNode(
  name: string,
  articles: readonly StoredArticle[],
  placement: Placement | null,
): readonly StoredArticle[] {
  if (placement === null) return articles;
  return articles.filter(({ id }) => currentOwner(placement, slotOf(id)) === name);
}

async function documentsOf(
  articles: readonly StoredArticle[],
  { buildDocument }: Pick<AuditOptions, 'buildDocument'>,
): Promise<EngineDocument[]> {
  const pause = createPause();
  const documents: EngineDocument[] = [];
  for (const article of articles) {
    documents.push(JSON.parse(buildDocument(article).json) as EngineDocument);
    await pause();
  }
  return documents;
}

/** Those that the index holds otherwise, or does not find by a word of theirs. */
async function notAsTheyShould(
  { uid }: IndexRecord,
  documents: readonly EngineDocument[],
  client: Meilisearch,
): Promise<EngineDocument[]> {
  if (documents.length === 0) return [];
  const held = await heldDocuments(client, uid, documents);
  const missed = await missedBySearch(client, uid, documents.slice(0, SEARCHES));
  return documents.filter(
    (document) => missed.has(document.doc) || !isDeepStrictEqual(held.get(document.doc), document),
  );
}

async function heldDocuments(
  client: Meilisearch,
  uid: string,
  documents: readonly EngineDocument[],
): Promise<Map<number, unknown>> {
  const docs = documents.map(({ doc }) => doc);
  const { results } = await client
    .index(uid)
    .getDocuments({ filter: `doc IN [${docs.join(',')}]`, limit: docs.length });
  return new Map(
    results.map(({ slot: _, written: __, any: ___, ...document }) => [
      z.int().parse(document['doc']),
      document,
    ]),
  );
}

async function missedBySearch(
  client: Meilisearch,
  uid: string,
  documents: readonly EngineDocument[],
): Promise<Set<number>> {
  const { results } = await client.multiSearch({
    queries: documents.map((document) => ({
      indexUid: uid,
      q: anyOf(wordsOf(document)),
      filter: `doc = ${document.doc}`,
      matchingStrategy: 'all',
      limit: 1,
    })),
  });
  const missed = documents.filter(
    ({ doc }, at) => hitsSchema.parse(results[at]).hits[0]?.doc !== doc,
  );
  return new Set(missed.map(({ doc }) => doc));
}

/** Those that a word finds which they do not hold, or that are in the store no more. */
async function wronglyFound(
  { uid }: IndexRecord,
  documents: readonly EngineDocument[],
  client: Meilisearch,
  options: AuditOptions,
): Promise<number[]> {
  const q = anyOf(wordsOf(anyOf(documents)));
  const answer = await client.index(uid).search(q, { matchingStrategy: 'all', limit: HITS });
  const isLong = options.store.prepare<[number], 1>(
    `SELECT 1 FROM articles WHERE doc = ? AND octet_length(text) > ${LONGEST_TEXT}`,
  );
  const docs = hitsSchema
    .parse(answer)
    .hits.map(({ doc }) => doc)
    .filter((doc) => isLong.get(doc) === undefined);
  const found = await documentsOf(articlesByDoc(options.store, docs), options);
  const holding = found.filter((document) => wordsOf(document).includes(q));
  return docs.filter((doc) => !holding.some((document) => document.doc === doc));
}

/** Those of which the store says the same as when the index followed it last. */
function unchanged(store: Store, docs: readonly number[], appliedSeq: number): number[] {
  const later = store.prepare<[number, number, number, number], { one: 1 }>(
    `SELECT 1 AS one FROM articles WHERE doc = ? AND changed_seq > ?
     UNION SELECT 1 FROM removals WHERE doc = ? AND changed_seq > ?`,
  );
  return [...new Set(docs)].filter(
    (doc) => later.get(doc, appliedSeq, doc, appliedSeq) === undefined,
  );
}

const wordsOf = ({ title, body }: EngineDocument) => `${title} ${body}`.trim().split(' ');

function anyOf<Item>(items: readonly Item[]): Item {
  return items[Math.floor(Math.random() * items.length)]!;
}
