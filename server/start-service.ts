import type { createServer as httpCreateServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment.ts';
import { ingestSampleCorpus } from '../indexer/ingest/sample-corpus.ts';
import { countArticles } from '../indexer/store/articles.ts';
import { openEngines } from '../indexer/engine/open-engines.ts';
import { openStore } from '../indexer/store/database.ts';
import { createToolchain } from '../indexer/ingest/ingest-pipeline.ts';
import { loadEnglishPhrases } from '../config/english-phrases.ts';
import { requireGuardedHost } from './http/access/loopback.ts';
import { createQuotaClient } from './http/access/quota-client.ts';
import { loadAssets } from './assets/assets.ts';
import { createLocaliser } from './languages/localise.ts';
import { createPageSender } from './pages/send-page.ts';
import { todayInChina } from './routes/context.ts';
import { watchConnections } from './http/connections.ts';
import { createEditions } from './editions.ts';
import { MAX_HEADER_BYTES, refuseMalformed } from './http/refuse-malformed.ts';
import { searchEngines } from './search/search-engines.ts';
import { createServiceState, stateNotice } from './telemetry/service-state.ts';
import { watchEngineQueue } from './telemetry/engine-queue.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { watchWordLists, wordListPrint } from './watch-word-lists.ts';

const CLOSE_WITHIN_MS = 10_000;
/** A client that sends a request byte by byte must not hold a connection for ever. */
const SENT_WITHIN_MS = 10_000;
/** How often Node looks for requests that take longer. */
const CHECKED_EVERY_MS = 1_000;
/** Over a slow line the system reports progress only some hundred kilobytes at a time. */
const UNREAD_FOR_MS = 30_000;
const MOST_CONNECTIONS = 2_000;
const MOST_OF_ONE_CLIENT = 500;
/** Longer than proxies keep idle connections: whoever closes one first may cut off a request just sent. */
const IDLE_FOR_MS = 65_000;

export interface Service {
  /** `http://127.0.0.1:3000` */
  readonly address: string;
  /** Finishes the requests under way, then stops the engine if it is ours. */
  readonly stop: () => Promise<void>;
}

/**
 * Opens store and engine and listens; until the index can answer, requests are told so. Returns when it
 * can: after the sample corpus went into an empty store, and after the index was built or has caught up.
 * One that is whole but made with other words answers while its successor is built. Word lists that are
 * edited later are taken up by themselves.
 * @throws with a Chinese message when a part cannot be had: busy port, no engine, damaged store, a host
 * that others reach without an ADMIN_TOKEN; the signal's reason when it is aborted before all is ready.
 */
export async function startService(
  environment: Environment,
  log: Logger,
  createServer: typeof httpCreateServer,
  signal?: AbortSignal,
): Promise<Service> {
  const { dataDir, wordLists } = environment;
  await requireGuardedHost(environment.host, environment.adminToken);
  const say = (message: string) => log.info(message);
  const ending = new AbortController();
  const until = signal === undefined ? ending.signal : AbortSignal.any([ending.signal, signal]);
  /** What is done at the end, the last first. */
  const endings: (() => unknown)[] = [];
  const endAll = async () => {
    ending.abort();
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const store = openStore(dataDir, 'briefly');
    endings.push(() => store.close());
    const inUse = wordListPrint(wordLists);
    const toolchain = createToolchain(environment);
    const engines = await openEngines(environment, log);
    endings.push(() => engines.stop());
    const opened = await engines.openNodes(environment.engineLimit);
    const assets = await loadAssets();
    const state = createServiceState();
    const localise = createLocaliser(loadEnglishPhrases().pages);
    const editions = createEditions(
      {
        environment,
        engines,
        opened,
        common: {
          store,
          ...searchEngines(store, opened.nodes, environment.engineLimit, ending.signal),
          assets,
          localise,
          sendPage: createPageSender(assets, localise, () => stateNotice(store, state)),
          log,
          metrics: createMetrics(store, watchEngineQueue(opened.nodes, ending.signal), state),
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
      toolchain,
    );
    endings.push(() => editions.done());
    const server = await listen(
      createServer(
        {
          maxHeaderSize: MAX_HEADER_BYTES,
          requestTimeout: SENT_WITHIN_MS,
          headersTimeout: SENT_WITHIN_MS,
          connectionsCheckingInterval: CHECKED_EVERY_MS,
          keepAliveTimeout: IDLE_FOR_MS,
        },
        (request, response) => void editions.app()(request, response),
      ),
      environment,
    );
    endings.push(() => close(server));
    const connections = watchConnections(server, {
      most: MOST_CONNECTIONS,
      mostOfOne: MOST_OF_ONE_CLIENT,
      unreadForMs: UNREAD_FOR_MS,
      trustProxy: environment.trustProxy,
    });
    refuseMalformed(server, connections);

    if (environment.sampleCorpus && countArticles(store) === 0)
      await ingestSampleCorpus({ store, dataDir, toolchain, say });
    await editions.open();
    const address = addressOf(server);
    editions.tellWebhooks(environment.publicUrl ?? address);
    const watching = watchWordLists(
      {
        folder: wordLists,
        inUse,
        take: editions.take,
        onProblem: (problem) => {
          state.wordListProblem = problem?.message ?? null;
          if (problem !== null) log.warn({ err: problem }, '改过的词表有误，仍用原来的');
        },
      },
      ending.signal,
    );
    endings.push(() => watching);
    return { address, stop: endAll };
  } catch (error) {
    await endAll();
    throw error;
  }
}

function listen(server: Server, { host, port }: Environment): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `端口 ${port} 已被占用。请停掉占用它的程序，或设 PORT=0 由系统挑一个空闲端口。`,
            )
          : new Error(`无法监听 ${host}:${port}：${error.message}。请检查 HOST 与 PORT。`, {
              cause: error,
            }),
      );
    });
    server.listen(port, host, () => resolve(server));
  });
}

function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
  await closed;
  clearTimeout(late);
}
