import type { createServer as httpCreateServer, IncomingMessage } from 'node:http';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { loadEnglishPhrases } from '../config/english-phrases.ts';
import type { Environment } from '../config/environment.ts';
import { loadAssets } from './assets/assets.ts';
import { createStartingApp } from './create-starting-app.ts';
import { requireGuardedHost } from './http/access/client-address.ts';
import { listen } from './http/listen.ts';
import { createLocaliser } from './languages/localise.ts';
import { createPageSender } from './pages/send-page.ts';
import type { StartStep } from './pages/starting-page.ts';

export interface Service {
  /** `http://127.0.0.1:3000` */
  readonly address: string;
  /** Finishes the requests under way, then stops the engine if it is ours. */
  readonly stop: () => Promise<void>;
}

/**
 * Listens, and tells whoever asks what is being done until the service can answer; returns when it can,
 * see {@link openService}.
 * @throws with a Chinese message when a part cannot be had: busy port, no engine, damaged store, a host
 * that others reach without an ADMIN_TOKEN; the signal's reason when it is aborted before all is ready.
 */
export async function startService(
  environment: Environment,
  log: Logger,
  createServer: typeof httpCreateServer,
  signal?: AbortSignal,
): Promise<Service> {
  await requireGuardedHost(environment.host, environment.adminToken);
  const assets = await loadAssets();
  const localise = createLocaliser(loadEnglishPhrases().pages);
  let step: () => StartStep = () => ({ doing: 'opening' });
  const starting = createStartingApp({
    assets,
    sendPage: createPageSender(assets, localise),
    step: () => step(),
  });
  let appFor: (request: IncomingMessage) => Express | null = () => null;
  const { address, close } = await listen(
    createServer,
    (request, response) => void (appFor(request) ?? starting)(request, response),
    environment,
  );
  // Who starts the service takes the first whole address for the sign that it is ready.
  log.info(`正在启动，用浏览器打开端口 ${new URL(address).port} 可以看进度`);
  const ending = new AbortController();
  const endings: (() => unknown)[] = [];
  const stop = async () => {
    ending.abort();
    // Whoever is being answered still needs the rest.
    await close();
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    // Loading all that answers takes longer than to listen.
    const { openService } = await import('./open-service.ts');
    await openService({
      environment,
      log,
      assets,
      localise,
      address,
      ending: ending.signal,
      atEnd: (end) => endings.push(end),
      signal,
      onStep: (now) => (step = now),
      answerWith: (now) => (appFor = now),
    });
    return { address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
