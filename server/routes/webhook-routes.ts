import type { ErrorRequestHandler } from 'express';
import { Router } from 'express';
import { webhookInputSchema } from '../api/saved-search-schema.ts';
import type { ServerContext } from '../context.ts';
import { HttpError, toErrorAnswer } from '../http-error.ts';
import { requestLanguage } from '../languages/request-language.ts';
import { createMatches } from '../saved-searches/matches.ts';
import { checkWebhookUrl } from '../webhooks/webhook-address.ts';
import {
  countWebhooks,
  describeWebhook,
  removeWebhook,
  setWebhook,
} from '../webhooks/webhook-store.ts';
import { createRequestWriter } from './request-writer.ts';
import { requireOwned } from './saved-search-routes.ts';

/** Each is asked for news every second. */
const MAX_WEBHOOKS = 500;

/** `/api/saved-searches/:id/webhook`: for the owner only, since an address may be a secret. */
export function webhookRoutes(context: ServerContext): Router {
  const { store, allowPrivateWebhooks, localise } = context;
  const matches = createMatches(context);
  const write = createRequestWriter(store);
  const router = Router();

  router.get('/:id/webhook', (request, response) => {
    const webhook = describeWebhook(store, requireOwned(store, request).id);
    if (webhook === null) throw new HttpError(404, 'not-found', '这个检索没有设推送');
    const { problem } = webhook;
    response.set('Cache-Control', 'no-store').json({
      ...webhook,
      problem: problem === null ? null : localise(problem, requestLanguage(request)),
    });
  });

  router.put('/:id/webhook', async (request, response) => {
    const { id } = requireOwned(store, request);
    const { url } = webhookInputSchema.parse(request.body);
    const checked = await checkWebhookUrl(url, allowPrivateWebhooks);
    if (describeWebhook(store, id) === null && countWebhooks(store) >= MAX_WEBHOOKS)
      throw new HttpError(409, 'too-many-webhooks', `推送最多 ${MAX_WEBHOOKS} 个，现在已满`);
    const told = matches.arrived();
    await write(() => setWebhook(store, id, checked.href, told), response);
    response.json(describeWebhook(store, id));
  });

  router.delete('/:id/webhook', async (request, response) => {
    const { id } = requireOwned(store, request);
    await write(() => removeWebhook(store, id), response);
    response.status(204).end();
  });

  // What is wrong with an address is shown on the page as it comes from here.
  const localiseRefusal: ErrorRequestHandler = (error: unknown, request, _response, next) => {
    const { status, code, message } = toErrorAnswer(error);
    if (status >= 500) next(error);
    else next(new HttpError(status, code, localise(message, requestLanguage(request))));
  };
  router.use(localiseRefusal);

  return router;
}
