import type { IncomingMessage } from 'node:http';
import type { Express } from 'express';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment.ts';
import { ingestSampleCorpus } from '../indexer/ingest/sample-corpus.ts';
import { countArticles } from '../indexer/store/articles.ts';
import { PATIENT_LIMIT } from '../indexer/engine/engine-keys.ts';
import { areSharded } from '../indexer/engine/index-engine.ts';
import { NodeHealth } from '../indexer/engine/node-health.ts';
import { openEngines, type EngineNode } from '../indexer/engine/open-engines.ts';
import { placementOf } from '../indexer/engine/placement.ts';
import { ShardedSearch } from '../indexer/engine/sharded-search.ts';
import { openStore, type Store } from '../indexer/store/database.ts';
import { growth } from '../indexer/push/index-growth.ts';
import { searchableIndex } from '../indexer/push/index-registry.ts';
import { createIngestPipeline } from '../indexer/ingest/ingest-pipeline.ts';
import { createQuotaClient } from './http/access/credentials.ts';
import type { Assets } from './assets/assets.ts';
import type { Localise } from './languages/localise.ts';
import type { StartStep } from './pages/starting-page.ts';
import { createPageSender } from './pages/send-page.ts';
import { todayInChina } from './routes/context.ts';
import { createGenerations } from './generations.ts';
import type { SearchEngine } from './search/engine-search.ts';
import { createServiceState, stateNotice } from './telemetry/service-state.ts';
import { watchEngineQueue } from './telemetry/engine-queue.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { watchWordLists, wordListPrint } from './watch-word-lists.ts';

/** The pages that have nothing to show before there is an index. */
const NEEDS_INDEX = /^\/(?:search)?(?:\?|$)/;

export interface OpeningOptions {
  readonly environment: Environment;
  readonly log: Logger;
  readonly assets: Assets;
  readonly localise: Localise;
  /** Where the service listens. */
  readonly address: string;
  /** Aborted before what was given to `atEnd` is called, the last first. */
  readonly ending: AbortSignal;
  readonly atEnd: (end: () => unknown) => void;
  /** Gives the opening up. */
  readonly signal: AbortSignal | undefined;
  readonly onStep: (step: () => StartStep) => void;
  /** Told what answers a request from now on; null: the page that tells the step. */
  readonly answerWith: (appFor: (request: IncomingMessage) => Express | null) => void;
}

/**
 * Opens store and engine. Returns when searches can be answered: after the sample corpus went into an
 * empty store, and after the index was built or has caught up. One that is whole but made with other words
 * answers while its successor is built. Word lists that are edited later are taken up by themselves.
 */
export async function openService(options: OpeningOptions): Promise<void> {
  const { environment, log, assets, localise, address, ending, signal } = options;
  const { atEnd, onStep, answerWith } = options;
  const { dataDir, wordLists } = environment;
  const until = signal === undefined ? ending : AbortSignal.any([ending, signal]);
  const store = openStore(dataDir, 'briefly');
  atEnd(() => store.close());
  const inUse = wordListPrint(wordLists);
  const pipeline = createIngestPipeline(environment);
  onStep(() => ({ doing: 'starting-engine' }));
  const engines = await openEngines(environment, log);
  atEnd(() => engines.stop());
  const opened = await engines.openNodes(environment.engineLimit);
  const state = createServiceState();
  const generations = createGenerations(
    {
      environment,
      engines,
      opened,
      common: {
        store,
        ...searchEngines(store, opened.nodes, environment.engineLimit, ending),
        assets,
        localise,
        sendPage: createPageSender(assets, localise, () => stateNotice(store, state)),
        log,
        metrics: createMetrics(store, watchEngineQueue(opened.nodes, ending), state),
        phraseTexts: environment.phraseTexts,
        slowQueryMs: environment.slowQueryMs,
        publicUrl: environment.publicUrl,
        rateLimit: environment.rateLimit,
        trustProxy: environment.trustProxy,
        readToken: environment.readToken,
        adminToken: environment.adminToken,
        quotaClient: createQuotaClient(dataDir, environment.adminToken),
        allowPrivateWebhooks: environment.webhookPrivate,
        today: todayInChina,
      },
      state,
      signal: until,
    },
    pipeline,
  );
  atEnd(() => generations.done());
  if (environment.sampleCorpus && countArticles(store) === 0)
    await ingestSampleCorpus({
      store,
      dataDir,
      pipeline,
      say: (message) => log.info(message),
      onProgress: (progress) =>
        onStep(() =>
          progress === 'waiting'
            ? { doing: 'waiting-for-intake' }
            : { doing: 'taking-in-samples', ...progress },
        ),
    });
  onStep(() => ({ doing: 'building-index', percent: growth(store) }));
  answerWith(({ url = '' }) =>
    NEEDS_INDEX.test(url) && searchableIndex(store) === null ? null : generations.app(),
  );
  await generations.open();
  answerWith(generations.app);
  generations.tellWebhooks(environment.publicUrl ?? address);
  const watching = watchWordLists(
    {
      folder: wordLists,
      inUse,
      take: () => generations.take(),
      onProblem: (problem) => {
        state.wordListProblem = problem?.message ?? null;
        if (problem !== null) log.warn({ err: problem }, '改过的词表有误，仍用原来的');
      },
    },
    ending,
  );
  atEnd(() => watching);
}

/**
 * What searches are put to, with the search key only; `client` gives one up after `limit` milliseconds, for people
 * who wait, `patient` later. Engines that are down are looked at until the signal.
 */
function searchEngines(
  store: Store,
  nodes: readonly EngineNode[],
  limit: number,
  signal: AbortSignal,
): { readonly client: SearchEngine; readonly patient: SearchEngine } {
  const [only] = nodes;
  if (only !== undefined && !areSharded(nodes))
    return { client: only.clients.search, patient: only.clients.patient };
  const health = new NodeHealth(signal);
  const over = (which: 'search' | 'patient', limit: number) =>
    new ShardedSearch({
      nodes: nodes.map(({ name, clients }) => ({ name, client: clients[which] })),
      placementOf: (uid) => placementOf(store, uid),
      health,
      limit,
    });
  return { client: over('search', limit), patient: over('patient', PATIENT_LIMIT) };
}
