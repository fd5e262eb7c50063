import type { createServer as httpCreateServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment.ts';
import { openEngine } from '../indexer/engine/engine.ts';
import { openEngineClients } from '../indexer/engine/engine-keys.ts';
import { ingestSampleCorpus } from '../indexer/ingest/sample-corpus.ts';
import { followChanges } from '../indexer/push/follow-changes.ts';
import { createIndexKeeper } from '../indexer/push/index-keeper.ts';
import { countArticles } from '../indexer/store/articles.ts';
import { openStore } from '../indexer/store/database.ts';
import { createToolchain } from '../indexer/toolchain.ts';
import { loadEnglishPhrases } from '../config/english-phrases.ts';
import { requireGuardedHost } from './access/loopback.ts';
import { loadAssets } from './assets/assets.ts';
import { createLocaliser } from './languages/localise.ts';
import { createPageSender } from './pages/send-page.ts';
import type { ServerContext } from './context.ts';
import { todayInChina } from './context.ts';
import { createApp } from './create-app.ts';
import { acceptRawUrls, MAX_HEADER_BYTES } from './raw-urls.ts';
import { createPinyinTable } from './rewrites/pinyin-table.ts';
import { createRewriters } from './rewrites/rewrites.ts';
import { watchEngineQueue } from './telemetry/engine-queue.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { runWebhooks } from './webhooks/run-webhooks.ts';

const CLOSE_WITHIN_MS = 10_000;
/** A client that sends a request byte by byte must not hold a connection for ever. */
const SENT_WITHIN_MS = 30_000;

export interface Service {
  /** `http://127.0.0.1:3000` */
  readonly address: string;
  /** Finishes the requests under way, then stops the engine if it is ours. */
  readonly stop: () => Promise<void>;
}

/**
 * Opens store and engine, fills an empty store with the sample corpus, brings the index up to date,
 * and listens.
 * @throws with a Chinese message when a part cannot be had: busy port, no engine, damaged store, a host
 * that others reach without an ADMIN_TOKEN.
 */
export async function startService(
  environment: Environment,
  log: Logger,
  createServer: typeof httpCreateServer,
): Promise<Service> {
  const { dataDir } = environment;
  await requireGuardedHost(environment.host, environment.adminToken);
  const say = (message: string) => log.info(message);
  const store = openStore(dataDir);
  const toolchain = createToolchain();
  const engine = await openEngine({ ...environment, log });
  const ending = new AbortController();
  try {
    const clients = await openEngineClients(engine);
    const keeper = createIndexKeeper({
      store,
      dataDir,
      client: clients.admin,
      buildDocument: toolchain.buildDocument,
      fingerprint: toolchain.fingerprint,
      say,
    });
    if (environment.sampleCorpus && countArticles(store) === 0)
      await ingestSampleCorpus({ store, dataDir, preparePage: toolchain.preparePage, say });
    await keeper.bringUpToDate(ending.signal);
    const pinyin = createPinyinTable(toolchain.gazetteer.parks);
    const assets = await loadAssets();
    const context: ServerContext = {
      store,
      client: clients.search,
      analyzer: toolchain.analyzer,
      gazetteer: toolchain.gazetteer,
      rewriters: createRewriters({ ...toolchain, pinyin }),
      pinyin,
      assets,
      sendPage: createPageSender(assets, createLocaliser(loadEnglishPhrases().pages)),
      log,
      metrics: createMetrics(store, watchEngineQueue(clients.admin, ending.signal)),
      slowQueryMs: environment.slowQueryMs,
      publicUrl: environment.publicUrl,
      rateLimit: environment.rateLimit,
      trustProxy: environment.trustProxy,
      readToken: environment.readToken,
      adminToken: environment.adminToken,
      allowPrivateWebhooks: environment.webhookPrivate,
      today: todayInChina,
    };
    const server = await listen(
      createServer(
        { maxHeaderSize: MAX_HEADER_BYTES, requestTimeout: SENT_WITHIN_MS },
        createApp(context),
      ),
      environment,
    );
    acceptRawUrls(server);
    engine.onEvent(({ type }) => {
      if (type !== 'index-lost') return;
      say('引擎的数据已丢失，从文章库重建索引');
      keeper.bringUpToDate(ending.signal).catch((error: unknown) => {
        if (!ending.signal.aborted) log.error({ err: error }, '重建索引失败');
      });
    });
    const following = followChanges(keeper, ending.signal, (error) =>
      log.warn({ err: error }, '索引暂时跟不上文章库，稍后再试'),
    );
    const address = addressOf(server);
    const telling = runWebhooks(
      {
        ...context,
        dataDir,
        address: environment.publicUrl ?? address,
        allowPrivate: environment.webhookPrivate,
      },
      ending.signal,
    ).catch((error: unknown) => log.error({ err: error }, '推送已停止，请重启服务'));
    return {
      address,
      async stop() {
        ending.abort();
        await close(server);
        await Promise.all([following, telling]);
        await engine.stop();
        store.close();
      },
    };
  } catch (error) {
    await engine.stop();
    store.close();
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
