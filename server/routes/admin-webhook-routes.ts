import { Router } from 'express';
import type { z } from 'zod';
import type { webhookListSchema } from '../api/saved-search-schema.ts';
import type { ServerContext } from './context.ts';
import { HttpError } from '../http/http-error.ts';
import { listWebhooks, removeWebhook } from '../webhooks/webhook-store.ts';
import { createRequestWriter } from './request-writer.ts';

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
