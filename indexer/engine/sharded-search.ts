import type { MultiSearchQuery } from 'meilisearch';
import { z } from 'zod';
import { MAX_FACET_VALUES } from '../../config/index-settings.ts';

import { EngineError, isTransient, suspectsCorruption } from './engine-error.ts';
import { withCombinedSignal } from '../core/combined-signal.ts';
import type { SearchClient } from './guarded-client.ts';
import type { NodeHealth } from './node-health.ts';
import type { Placement } from './placement.ts';
import { allNodes, hiddenSlots, shareOf } from './placement.ts';

/** What an answer lacks because engines are down. */
export interface MissingPart {
  /** Which engines of the list, counted from 1. */
  readonly parts: readonly number[];
  readonly of: number;
  /** About what part of all articles, 0 to 1. */
  readonly share: number;
}

export interface ShardedQuestion {
  readonly uid: string;
  readonly queries: readonly (Omit<MultiSearchQuery, 'filter'> & {
    readonly filter: readonly string[];
  })[];
  readonly offset: number;
  readonly limit: number;
  readonly facets: readonly string[];
}

export interface ShardedAnswer {
  /** As the engine gave it. */
  readonly raw: unknown;
  readonly missing: MissingPart | null;
}

export interface SearchNode {
  /** Its address. */
  readonly name: string;
  readonly client: SearchClient;
}

export interface ShardedSearchOptions {
  readonly nodes: readonly SearchNode[];
  readonly placementOf: (uid: string) => Placement | null;
  readonly health: NodeHealth;
  /** Milliseconds for one question, whichever engines it is put to. */
  readonly limit: number;
}

/** Half-way through its time a search asks who is to blame, but not later than that. */
const LATEST_DOUBT_MS = 1_000;
/** Of what ranks alike, one engine gives the hits of the first query first; so little tips the scales. */
const LESS_FOR_LATER = 1e-4;
/** The engine's words for another one that it got no answer from. */
const UNRESPONSIVE: readonly unknown[] = ['remote_timeout', 'remote_could_not_send_request'];

const remoteErrorsSchema = z.object({
  remoteErrors: z.record(z.string(), z.object({ code: z.string() })).optional(),
});

/**
 * Searches over several engines: one of them, each in its turn, is asked, and puts the question to all
 * others (the engine's remote federated search), merges hits by their ranks and adds counts up. One that
 * is down is left out, and the answer says so.
 */
export class ShardedSearch {
  readonly #options: ShardedSearchOptions;
  #turn = 0;

  constructor(options: ShardedSearchOptions) {
    this.#options = options;
  }

  /** Whether any of them answers. */
  async isHealthy(): Promise<boolean> {
    const answers = await Promise.all(this.#options.nodes.map(({ client }) => client.isHealthy()));
    return answers.includes(true);
  }

  /**
   * @throws what the last engine asked threw when none can answer; EngineError `unreachable` when all are
   * known to be down, `bad-answer` for an index that is on no engine; the signal's reason.
   */
  async ask(question: ShardedQuestion, signal?: AbortSignal): Promise<ShardedAnswer> {
    const { nodes, placementOf, health, limit } = this.#options;
    const placement = placementOf(question.uid);
    if (placement === null)
      throw new EngineError('incomplete', '索引不在 MEILI_SHARDS 的引擎上，正在从文章库重建。');
    const until = performance.now() + limit;
    const all = allNodes(placement);
    const tried = new Set<string>();
    let failure: unknown = new EngineError('unreachable', '检索引擎都没有应答，正在等它们恢复。');
    for (;;) {
      const asked = all.filter((name) => !health.isDown(name));
      const able = nodes.filter(({ name }) => asked.includes(name) && !tried.has(name));
      const entry = able[this.#turn++ % able.length];
      if (entry === undefined || performance.now() > until) throw failure;
      try {
        const raw = await this.#askThrough(entry, asked, placement, question, signal);
        const failed = this.#noteUnresponsive(raw);
        const missing = all.filter((name) => !asked.includes(name) || failed.includes(name));
        return { raw, missing: describeMissing(placement, missing) };
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof UnresponsiveError) continue;
        if (!isTransient(error) && !suspectsCorruption(error)) throw error;
        failure = error;
        tried.add(entry.name);
        for (const unresponsive of await health.findUnresponsive([entry.name]))
          health.suspect(unresponsive);
      }
    }
  }

  async #askThrough(
    entry: SearchNode,
    asked: readonly string[],
    placement: Placement,
    question: ShardedQuestion,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const { health, limit } = this.#options;
    const givenUp = new AbortController();
    const doubt = setTimeout(
      () => {
        void health.findUnresponsive(asked).then((unresponsive) => {
          // All of them are likelier busy with a long question than down.
          if (unresponsive.length === 0 || unresponsive.length === asked.length) return;
          for (const name of unresponsive) health.suspect(name);
          givenUp.abort(new UnresponsiveError(unresponsive.join(' ')));
        });
      },
      Math.min(limit / 2, LATEST_DOUBT_MS),
    );
    try {
      return await withCombinedSignal([signal, givenUp.signal], (joint) =>
        entry.client.multiSearch(toFederatedQuery(question, placement, asked), { signal: joint }),
      );
    } finally {
      clearTimeout(doubt);
    }
  }

  /** The engines that others got no answer of; those that do not even listen are left out from now on. */
  #noteUnresponsive(raw: unknown): string[] {
    const errors = Object.entries(remoteErrorsSchema.parse(raw).remoteErrors ?? {});
    for (const [name, { code }] of errors)
      if (UNRESPONSIVE.includes(code)) this.#options.health.suspect(name);
    return errors.map(([name]) => name);
  }
}

/** Engines that were asked do not answer; without them there may be an answer. */
class UnresponsiveError extends Error {
  override readonly name = 'UnresponsiveError';
}

/** Each query to each engine, without what is on its way from or to it. */
function toFederatedQuery(
  { uid, queries, offset, limit, facets }: ShardedQuestion,
  placement: Placement,
  asked: readonly string[],
) {
  return {
    federation: {
      offset,
      limit,
      facetsByIndex: { [uid]: [...facets] },
      mergeFacets: { maxValuesPerFacet: MAX_FACET_VALUES },
    },
    queries: asked.flatMap((remote) => {
      const hidden = hiddenSlots(placement, remote);
      const shown = hidden.length === 0 ? [] : [`slot NOT IN [${hidden.join(',')}]`];
      return queries.map((query, at) => ({
        ...query,
        filter: [...query.filter, ...shown],
        federationOptions: { remote, weight: 1 - at * LESS_FOR_LATER },
      }));
    }),
  };
}

function describeMissing(placement: Placement, names: readonly string[]): MissingPart | null {
  const share = shareOf(placement, names);
  // One that has yet to get its share is not missed.
  if (share === 0) return null;
  const all = allNodes(placement);
  return { parts: names.map((name) => all.indexOf(name) + 1), of: all.length, share };
}
