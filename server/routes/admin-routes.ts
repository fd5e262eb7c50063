import { Router } from 'express';
import { z } from 'zod';
import { activeIndex, activeIndexMadeAt } from '../../indexer/push/index-registry.ts';
import { countArticles } from '../../indexer/store/articles.ts';
import { countChangesAfter } from '../../indexer/store/changes.ts';
import { countFindings, latestFindings } from '../../indexer/store/findings.ts';
import { createRequestWriter, type ServerContext } from './context.ts';
import { adminPage } from '../pages/admin-page.ts';
import { rebuilding } from '../telemetry/service-state.ts';
import { summariseMetrics } from '../telemetry/summarise-metrics.ts';
import { listWebhooks, removeWebhook } from '../webhooks/webhook-store.ts';
import type { webhookListSchema } from '../api/saved-search-schema.ts';
import { HttpError } from '../http/http-error.ts';

const MAX_SHOWN = 500;

const removalSchema = z.object({ id: z.string('请给出检索的 id') });

/** `/admin`, behind `requireAdmin`: for whoever keeps the corpus. */
export function adminRoutes(context: ServerContext): Router {
  const { store, sendPage, metrics, state } = context;
  const write = createRequestWriter(store);
  const router = Router();

  router.get('/', async (request, response) => {
    const summary = await summariseMetrics(metrics);
    sendPage(request, response, (shell) =>
      adminPage(shell, {
        articles: countArticles(store),
        ...countFindings(store),
        waiting: countChangesAfter(store, activeIndex(store)?.appliedSeq ?? 0),
        indexMadeAt: activeIndexMadeAt(store)?.toISOString() ?? null,
        rebuilding: rebuilding(store, state),
        state,
        summary,
        findings: latestFindings(store, MAX_SHOWN),
        webhooks: listWebhooks(store),
      }),
    );
  });

  router.post('/webhooks/remove', async (request, response) => {
    const { id } = removalSchema.parse(request.body ?? {});
    await write(() => removeWebhook(store, id), response);
    response.redirect(303, '/admin#webhooks');
  });

  return router;
}

/** `/api/webhooks`, behind `requireAdmin`: all of them, for whoever keeps the service; of an address only the host. */
export function adminWebhookRoutes({ store }: ServerContext): Router {
  const write = createRequestWriter(store);
  const router = Router();

  router.get('/', (_request, response) => {
    response.json({
      webhooks: listWebhooks(store).map(({ searchId: id, url, ...webhook }) => ({
        id,
        host: new URL(url).host,
        ...webhook,
      })),
    } satisfies z.infer<typeof webhookListSchema>);
  });

  router.delete('/:id', async (request, response) => {
    const { id } = request.params;
    if (!(await write(() => removeWebhook(store, id), response)))
      throw new HttpError(404, 'not-found', '这个检索没有设推送');
    response.status(204).end();
  });

  return router;
}
