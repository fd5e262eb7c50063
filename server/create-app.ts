import compression from 'compression';
import type { NextFunction, Request, Response } from 'express';
import express from 'express';
import { countArticles } from '../indexer/store/articles.ts';
import { searchableIndex } from '../indexer/push/index-registry.ts';
import { createLoginRefusal, requireAdmin, requireReader } from './http/access/credentials.ts';
import {
  createPlaces,
  EXPORT_LIMITS,
  limitConcurrency,
  PLACE_LIMITS,
} from './http/access/limit-concurrency.ts';
import { limitRates } from './http/access/rate-limits.ts';
import { requireSameOrigin } from './http/access/require-same-origin.ts';
import { createErrorHandler } from './routes/error-answer.ts';
import type { ServerContext } from './routes/context.ts';
import { rememberLanguage } from './languages/language.ts';
import { HttpError } from './http/http-error.ts';
import { securityHeaders } from './http/security-headers.ts';
import { errorPage, type ErrorPageView } from './pages/error-page.ts';
import { adminRoutes, adminWebhookRoutes } from './routes/admin-routes.ts';
import { apiRoutes } from './routes/api-routes.ts';
import { articleRoutes } from './routes/article-routes.ts';
import { assetRoutes } from './routes/asset-routes.ts';
import { compareRoutes } from './routes/compare-routes.ts';
import { exportRoutes } from './routes/export-routes.ts';
import { pageRoutes } from './routes/page-routes.ts';
import { parkRoutes } from './routes/park-routes.ts';
import { feedRoutes, savedPageRoutes } from './routes/saved-page-routes.ts';
import { savedSearchRoutes } from './routes/saved-search-routes.ts';
import { webhookPageRoutes, webhookRoutes } from './routes/webhook-routes.ts';
import { createSearch } from './search/answer-search.ts';
import { FOR_PEOPLE, withVerificationBudget } from './search/verification-budget.ts';
import { rebuilding } from './telemetry/service-state.ts';
import { observeRequests } from './telemetry/observe-requests.ts';

const BODY_LIMIT = '32kb';

/** The whole service as an Express application; it listens nowhere by itself. */
export function createApp(context: ServerContext): express.Express {
  const { store, client, assets, metrics, sendPage } = context;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', context.trustProxy);
  app.use(securityHeaders());
  app.use(observeRequests(context));

  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  let asking: Promise<boolean> | undefined;
  /** Once for all who ask at a time, for nobody has to wait for a place to ask it. */
  const isEngineHealthy = () => (asking ??= client.isHealthy().finally(() => (asking = undefined)));
  app.get('/readyz', async (_request, response) => {
    const engine = await isEngineHealthy();
    const index = searchableIndex(store) !== null;
    response.status(engine && index ? 200 : 503).json({
      status: engine && index ? 'ready' : 'not-ready',
      engine,
      index,
      articles: countArticles(store),
      rebuilding: rebuilding(store, context.state),
    });
  });
  // Who it is comes first, then what is refused without work; the work is done in turn.
  const refuseLogin = createLoginRefusal(context.rateLimit);
  app.use(requireReader(context.readToken, context.adminToken, refuseLogin));
  app.use(['/admin', '/api/webhooks', '/metrics'], requireAdmin(context.adminToken, refuseLogin));
  app.use(limitRates(context.rateLimit), requireSameOrigin(context.publicUrl));
  app.use((_request, _response, next) =>
    withVerificationBudget({ ...FOR_PEOPLE, texts: context.phraseTexts }, () => next()),
  );
  app.use(compression());
  app.get('/metrics', async (_request, response) => {
    response.set({ 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' });
    response.send(await metrics.text());
  });
  app.use('/assets', assetRoutes(assets));

  // Work begins when all has been said that it needs.
  app.use('/api/saved-searches', express.json({ limit: BODY_LIMIT }));
  app.use(['/saved', '/s', '/admin'], express.urlencoded({ extended: false, limit: BODY_LIMIT }));
  const load = limitConcurrency(createPlaces(PLACE_LIMITS));
  const patiently = { ...context, client: context.patient };
  app.use('/api/export', exportRoutes(patiently, createPlaces(EXPORT_LIMITS)));
  app.use(load.enter);
  // One for all, so that the page is at hand when its JSON was asked for.
  const search = createSearch(context);
  app.use('/api/saved-searches', savedSearchRoutes(context), webhookRoutes(context));
  app.use('/api/webhooks', adminWebhookRoutes(context));
  app.use('/api', apiRoutes(context, search));
  app.use(rememberLanguage);
  app.use('/admin', adminRoutes(context));
  app.use('/parks', parkRoutes(context, search));
  app.use('/articles', articleRoutes(context));
  app.use('/compare', compareRoutes(context));
  app.use('/s', feedRoutes(patiently), webhookPageRoutes(context));
  app.use('/', savedPageRoutes(context));
  app.use('/', pageRoutes(context, search));
  app.use(() => {
    throw new HttpError(404, 'not-found', '没有这一页，请检查网址');
  });
  app.use(load.leave);
  // Express knows an error handler by its four parameters.
  app.use((error: unknown, _request: Request, _response: Response, next: NextFunction) => {
    context.noteError(error);
    next(error);
  });
  app.use(
    createErrorHandler((answer, request, response) =>
      sendPage(request, response, (shell) =>
        errorPage(shell, {
          status: pageStatus(answer.status),
          problems: answer.problems ?? [answer.message],
          ...(answer.detail !== undefined && { detail: answer.detail }),
          address: request.originalUrl,
          requestId: response.get('X-Request-Id') ?? '',
        }),
      ),
    ),
  );
  return app;
}

const PAGE_STATUSES = [401, 403, 404, 405, 413, 429, 503] as const;

/** The nearest status that the error page has words for. */
function pageStatus(status: number): ErrorPageView['status'] {
  if (status === 409) return 403;
  return PAGE_STATUSES.find((one) => one === status) ?? (status >= 500 ? 500 : 400);
}
