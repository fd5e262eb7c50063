import type { NextFunction, Request, Response } from 'express';
import express from 'express';
import type { Assets } from './assets/assets.ts';
import { securityHeaders } from './http/security-headers.ts';
import { describeStep, startingPage, type StartStep } from './pages/starting-page.ts';
import type { SendPage } from './pages/send-page.ts';
import { assetRoutes } from './routes/asset-routes.ts';

const AGAIN_AFTER_S = '2';

interface StartingOptions {
  readonly assets: Assets;
  readonly sendPage: SendPage;
  readonly step: () => StartStep;
}

/** Answers as long as the service cannot: what is being done, and to come again. */
export function createStartingApp({ assets, sendPage, step }: StartingOptions): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders());
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.use('/assets', assetRoutes(assets));
  // What is wrong with a request is said when it comes again.
  app.use((_error: unknown, _request: Request, _response: Response, next: NextFunction) => next());
  app.use((_request, response, next) => {
    response.status(503).set({ 'Retry-After': AGAIN_AFTER_S, 'Cache-Control': 'no-store' });
    next();
  });
  app.get('/readyz', (_request, response) => {
    const state = { engine: false, index: false, articles: 0, rebuilding: null };
    response.json({ status: 'not-ready', ...state });
  });
  app.use('/api', (_request, response) => {
    const message = `${describeStep(step())}，请稍后再试`;
    response.json({ error: { code: 'index-not-ready', message } });
  });
  app.use((request, response) => {
    // Turns into the page that was asked for, without a script.
    if (request.method === 'GET') response.set('Refresh', AGAIN_AFTER_S);
    sendPage(request, response, (shell) => startingPage(shell, step()));
  });
  return app;
}
