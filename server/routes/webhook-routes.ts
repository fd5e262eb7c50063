import type { ErrorRequestHandler, Request, Response } from 'express';
import { Router } from 'express';
import type { z } from 'zod';
import type { setWebhookSchema } from '../api/saved-search-schema.ts';
import { webhookInputSchema } from '../api/saved-search-schema.ts';
import type { ServerContext } from './context.ts';
import { HttpError } from '../http/http-error.ts';
import { toErrorAnswer } from './error-answer.ts';
import { requestLanguage } from '../languages/request-language.ts';
import type { Matches } from '../saved-searches/matches.ts';
import { createMatches } from '../saved-searches/matches.ts';
import { writeSecret } from '../webhooks/sign-delivery.ts';
import { checkWebhookUrl } from '../webhooks/webhook-address.ts';
import type { WebhookState } from '../webhooks/webhook-store.ts';
import { describeWebhook, removeWebhook, setWebhook } from '../webhooks/webhook-store.ts';
import { createRequestWriter } from './request-writer.ts';
import { requireOwned } from './saved-search-routes.ts';

/** `/api/saved-searches/:id/webhook`: for the owner only, since an address may be a secret. */
export function webhookRoutes(context: ServerContext): Router {
  const { store, localise } = context;
  const setBy = webhookSetter(context, createMatches(context));
  const write = createRequestWriter(store);
  const router = Router();

  const answer = (request: Request, { searchId: _, name: __, ...webhook }: WebhookState) => ({
    ...webhook,
    problem: webhook.problem === null ? null : localise(webhook.problem, requestLanguage(request)),
  });

  router.get('/:id/webhook', (request, response) => {
    const webhook = describeWebhook(store, requireOwned(context, request).id);
    if (webhook === null) throw new HttpError(404, 'not-found', '这个检索没有设推送');
    response.set('Cache-Control', 'no-store').json(answer(request, webhook));
  });

  router.put('/:id/webhook', async (request, response) => {
    const { id } = requireOwned(context, request);
    const { url } = webhookInputSchema.parse(request.body);
    const { webhook, secret } = await setBy(request, response, id, url);
    response.set('Cache-Control', 'no-store').json({
      ...answer(request, webhook),
      ...(secret !== null && { secret }),
    } satisfies z.infer<typeof setWebhookSchema>);
  });

  router.delete('/:id/webhook', async (request, response) => {
    const { id } = requireOwned(context, request);
    await write(() => removeWebhook(store, id), response);
    response.status(204).end();
  });

  // What is wrong with an address is shown on pages as it comes from here.
  const localiseRefusal: ErrorRequestHandler = (error: unknown, request, _response, next) => {
    const { status, code, message } = toErrorAnswer(error);
    if (status >= 500) next(error);
    else next(new HttpError(status, code, localise(message, requestLanguage(request))));
  };
  router.use(localiseRefusal);

  return router;
}

/** Sets the webhook of a search for whoever asks, with the secret when it is a new one. */
export function webhookSetter(context: ServerContext, matches: Matches) {
  const { store, allowPrivateWebhooks, quotaClient } = context;
  const write = createRequestWriter(store);
  return async (
    request: Request,
    response: Response,
    searchId: string,
    given: string,
  ): Promise<{ readonly webhook: WebhookState; readonly secret: string | null }> => {
    const { href: url } = await checkWebhookUrl(given, allowPrivateWebhooks);
    const told = matches.arrived();
    const client = quotaClient(request);
    const secret = await write(() => setWebhook(store, { searchId, url, told }, client), response);
    const webhook = describeWebhook(store, searchId);
    if (webhook === null) throw new HttpError(404, 'not-found', '没有这个保存的检索，也许已被删除');
    return { webhook, secret: secret === null ? null : writeSecret(secret) };
  };
}
