import { z } from 'zod';
import { MAX_TOTAL_HITS, MATCH_ALL_TERM } from '../../config/index-settings.ts';
import type { SearchClient } from '../../indexer/engine/guarded-client.ts';
import { ShardedSearch, type MissingPart } from '../../indexer/engine/sharded-search.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { FacetName } from '../api/search-schema.ts';
import { timed } from '../http/request-trace.ts';
import type { WordTools } from '../rewrites/rewrites.ts';
import type { QueryReader } from './understanding.ts';

/** One engine, or several that share the articles. */
export type SearchEngine = SearchClient | ShardedSearch;

/** What a search needs. */
export interface SearchDependencies extends WordTools {
  readonly store: Store;
  readonly client: SearchEngine;
  readonly queries: QueryReader;
  /** `YYYY-MM-DD` */
  readonly today: () => string;
}

/** What the engine is asked for one clause. */
export interface EngineQuery {
  readonly q: string;
  readonly filters: readonly string[];
  /** How many things in the text the clause asks for; none when it only filters. */
  readonly terms: number;
}

export interface EngineRequest {
  readonly uid: string;
  /** The alternatives: an article that fits any of them is found. */
  readonly queries: readonly EngineQuery[];
  readonly filters: readonly string[];
  readonly sort: 'relevance' | 'newest' | 'oldest';
  readonly offset: number;
  readonly limit: number;
  /** With `firstDay`, how many articles begin on each day. */
  readonly facets: readonly (FacetName | 'firstDay')[];
  /** Phrases of which articles may be left out, because not every text could be looked into. */
  readonly unverified?: readonly string[];
}

export type FacetCounts = Readonly<Partial<Record<string, Readonly<Record<string, number>>>>>;

export interface EngineAnswer {
  readonly docs: readonly number[];
  /** Exact up to {@link MAX_TOTAL_HITS}, never above it. */
  readonly total: number;
  readonly facets: FacetCounts;
  /** What the answer lacks because engines are down; null: it is whole. */
  readonly missing: MissingPart | null;
}

/** The engine answered something that is not an answer. */
export class EngineAnswerError extends Error {
  override readonly name = 'EngineAnswerError';
}

// Not `z.record`, which leaves out the key `__proto__`: a paper may be called so.
const valuesSchema = z.custom<Readonly<Record<string, number>>>(
  (values) =>
    typeof values === 'object' &&
    values !== null &&
    !Array.isArray(values) &&
    Object.values(values).every((count) => Number.isInteger(count)),
  '应为各个值的篇数',
);
const countsSchema = z.record(z.string(), valuesSchema);
const answerSchema = z.object({
  hits: z.array(z.object({ doc: z.int() })),
  estimatedTotalHits: z.int(),
  facetDistribution: countsSchema.optional(),
  facetsByIndex: z.record(z.string(), z.object({ distribution: countsSchema })).optional(),
});
const answersSchema = z.object({ results: z.array(answerSchema) });

/** Asks the engine one thing. @throws as {@link engineSearchAll} does. */
export async function engineSearch(
  client: SearchEngine,
  request: EngineRequest,
  signal?: AbortSignal,
): Promise<EngineAnswer> {
  const [answer] = await engineSearchAll(client, [request], signal);
  return answer!;
}

/**
 * Asks the engine several things at once, in as few requests as it allows: those of one query go
 * together, one with alternatives goes alone beside them, and over several engines each does. Answers in
 * the order of the requests.
 * @throws EngineAnswerError when an answer has not the shape of one; the client's own errors when
 * the engine cannot be reached or refuses a request.
 */
export async function engineSearchAll(
  client: SearchEngine,
  requests: readonly EngineRequest[],
  signal?: AbortSignal,
): Promise<EngineAnswer[]> {
  if (client instanceof ShardedSearch)
    return Promise.all(requests.map((request) => askShards(client, request, signal)));
  const simple = requests.filter(({ queries }) => queries.length === 1);
  const together = simple.length === 0 ? null : askTogether(client, simple, signal);
  return Promise.all(
    requests.map(async (request) => {
      const at = simple.indexOf(request);
      return at === -1 ? askAlternatives(client, request, signal) : (await together!)[at]!;
    }),
  );
}

async function askTogether(
  client: SearchClient,
  requests: readonly EngineRequest[],
  signal?: AbortSignal,
): Promise<EngineAnswer[]> {
  const queries = requests.flatMap((request) => {
    const { offset, limit, facets } = request;
    return queriesOf(request).map((query) => ({ ...query, offset, limit, facets: [...facets] }));
  });
  const raw = await timed('engine', () =>
    client.multiSearch({ queries }, { signal: signal ?? null }),
  );
  const { results } = checked(answersSchema, raw);
  return results.map((answer, at) => toAnswer(answer, requests[at]!.uid));
}

async function askAlternatives(
  client: SearchClient,
  request: EngineRequest,
  signal?: AbortSignal,
): Promise<EngineAnswer> {
  const { uid, offset, limit, facets } = request;
  const federation = { offset, limit, facetsByIndex: { [uid]: [...facets] } };
  const question = { federation, queries: queriesOf(request) };
  const raw = await timed('engine', () => client.multiSearch(question, { signal: signal ?? null }));
  return toAnswer(checked(answerSchema, raw), uid);
}

async function askShards(
  client: ShardedSearch,
  request: EngineRequest,
  signal?: AbortSignal,
): Promise<EngineAnswer> {
  const { uid, offset, limit, facets } = request;
  const queries = comparable(queriesOf(request));
  const question = { uid, queries, offset, limit, facets };
  const { raw, missing } = await timed('engine', () => client.ask(question, signal));
  return { ...toAnswer(checked(answerSchema, raw), uid), missing };
}

/**
 * The engine does not merge the hits of words with those of no words, which have no rank by words: these
 * are then asked for by the term that every document has.
 */
function comparable(queries: ReturnType<typeof queriesOf>) {
  const isMixed = queries.some(({ q }) => hasWords(q)) && queries.some(({ q }) => !hasWords(q));
  if (!isMixed) return queries;
  return queries.map((query) =>
    hasWords(query.q) ? query : { ...query, q: `"${MATCH_ALL_TERM}" ${query.q}`.trim() },
  );
}

/** Whether anything is asked for, not only excluded. */
function hasWords(q: string): boolean {
  return q.split(' ').some((term) => term !== '' && !term.startsWith('-'));
}

/** Every term must be there: which words may be missing is decided here, not by the engine. */
function queriesOf({ uid, queries, filters, sort }: EngineRequest) {
  const order = sort === 'newest' ? 'desc' : 'asc';
  return queries.map((query) => ({
    indexUid: uid,
    q: query.q,
    filter: [...filters, ...query.filters],
    matchingStrategy: 'all' as const,
    ...(sort === 'relevance' ? {} : { sort: [`firstDay:${order}`] }),
  }));
}

/** What all these answers taken together lack. */
export function mostMissing(answers: readonly Pick<EngineAnswer, 'missing'>[]): MissingPart | null {
  return answers.reduce<MissingPart | null>(
    (most, { missing }) => ((missing?.share ?? 0) > (most?.share ?? 0) ? missing : most),
    null,
  );
}

function checked<Output>(schema: z.ZodType<Output>, raw: unknown): Output {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new EngineAnswerError(`检索引擎的回答无法识别：${z.prettifyError(parsed.error)}`, {
    cause: parsed.error,
  });
}

function toAnswer(answer: z.infer<typeof answerSchema>, uid: string): EngineAnswer {
  return {
    docs: answer.hits.map((hit) => hit.doc),
    total: Math.min(answer.estimatedTotalHits, MAX_TOTAL_HITS),
    facets: answer.facetDistribution ?? answer.facetsByIndex?.[uid]?.distribution ?? {},
    missing: null,
  };
}
