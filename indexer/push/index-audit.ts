import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { BuiltDocument, EngineDocument } from '../documents/engine-document.ts';
import { createYielder } from '../core/yield-to-event-loop.ts';
import type { IndexEngine } from '../engine/index-engine.ts';
import { currentOwner, placementOf, slotOf } from '../engine/placement.ts';
import { articlesByDoc } from '../store/articles.ts';
import type { Store } from '../store/database.ts';
import type { StoredArticle } from '../store/stored-article.ts';
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
  readonly nodes: readonly IndexEngine[];
  readonly store: Store;
  readonly buildDocument: (article: StoredArticle) => BuiltDocument;
}

/**
 * Compares an index with the store by a random sample: the documents it holds with those that the
 * articles make today, and what words of theirs find. Damaged pages of the engine's files may still
 * answer, and only so does anybody notice. Articles that change meanwhile are left out.
 */
export async function auditIndex(index: IndexRecord, options: AuditOptions): Promise<IndexAudit> {
  const { store, nodes } = options;
  const { uid, appliedSeq } = index;
  const articles = sampleArticles(store, appliedSeq);
  if (articles.length === 0) return { checked: 0, fault: null };
  const placement = placementOf(store, uid);
  const wrong = await Promise.all(
    nodes.map(async (node) => {
      const documents = await documentsOf(
        articles.filter(
          ({ id }) => placement === null || currentOwner(placement, slotOf(id)) === node.name,
        ),
        options,
      );
      if (documents.length === 0) return [];
      // A busy engine may give up a search; what is damaged stays so.
      const faulty = await faultyOnes(uid, await faultyOnes(uid, documents, node), node);
      const found = await wronglyFound(uid, documents, node, options);
      return [...faulty.map(({ doc }) => doc), ...found];
    }),
  );
  const faulty = unchanged(store, wrong.flat(), appliedSeq);
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

async function documentsOf(
  articles: readonly StoredArticle[],
  { buildDocument }: Pick<AuditOptions, 'buildDocument'>,
): Promise<EngineDocument[]> {
  const yieldToEventLoop = createYielder();
  const documents: EngineDocument[] = [];
  for (const article of articles) {
    documents.push(JSON.parse(buildDocument(article).json) as EngineDocument);
    await yieldToEventLoop();
  }
  return documents;
}

/** Those that the index holds otherwise, or does not find by a word of theirs. */
async function faultyOnes(
  uid: string,
  documents: readonly EngineDocument[],
  node: IndexEngine,
): Promise<EngineDocument[]> {
  if (documents.length === 0) return [];
  const docs = documents.map(({ doc }) => doc);
  // What a document has only because it lies on one of several engines says nothing of its article.
  const held = new Map(
    (await node.read(uid, docs)).map(({ slot: _, written: __, any: ___, ...document }) => [
      document['doc'],
      document,
    ]),
  );
  const sought = documents.slice(0, SEARCHES);
  const answers = await node.search(
    uid,
    sought.map((document) => ({
      q: anyOf(wordsOf(document)),
      filter: `doc = ${document.doc}`,
      limit: 1,
    })),
  );
  const missed = sought.filter(({ doc }, at) => docsIn(answers[at])[0] !== doc);
  return documents.filter(
    (document) => missed.includes(document) || !isDeepStrictEqual(held.get(document.doc), document),
  );
}

/** Those that a word finds which they do not hold, or that are in the store no more. */
async function wronglyFound(
  uid: string,
  documents: readonly EngineDocument[],
  node: IndexEngine,
  options: AuditOptions,
): Promise<number[]> {
  const q = anyOf(wordsOf(anyOf(documents)));
  const [answer] = await node.search(uid, [{ q, limit: HITS }]);
  const isLong = options.store.prepare<[number], 1>(
    `SELECT 1 FROM articles WHERE doc = ? AND octet_length(text) > ${LONGEST_TEXT}`,
  );
  const docs = docsIn(answer).filter((doc) => isLong.get(doc) === undefined);
  const found = await documentsOf(articlesByDoc(options.store, docs), options);
  const holding = found.filter((document) => wordsOf(document).includes(q));
  return docs.filter((doc) => !holding.some((document) => document.doc === doc));
}

/** Those of which the store says the same as when the index followed it last. */
function unchanged(store: Store, docs: readonly number[], appliedSeq: number): number[] {
  const later = store.prepare<{ doc: number; appliedSeq: number }, { one: 1 }>(
    `SELECT 1 AS one FROM articles WHERE doc = @doc AND changed_seq > @appliedSeq
     UNION SELECT 1 FROM removals WHERE doc = @doc AND changed_seq > @appliedSeq`,
  );
  return [...new Set(docs)].filter((doc) => later.get({ doc, appliedSeq }) === undefined);
}

const hitsSchema = z.object({ hits: z.array(z.object({ doc: z.int() })) });
const docsIn = (answer: unknown) => hitsSchema.parse(answer).hits.map(({ doc }) => doc);

const wordsOf = ({ title, body }: EngineDocument) => `${title} ${body}`.trim().split(' ');

function anyOf<Item>(items: readonly Item[]): Item {
  return items[Math.floor(Math.random() * items.length)]!;
}
