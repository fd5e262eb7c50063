import { Router, type ErrorRequestHandler, type Request, type Response } from 'express';
import { z } from 'zod';
import { webhookInputSchema, type setWebhookSchema } from '../api/saved-search-schema.ts';
import { createRequestWriter, type ServerContext } from './context.ts';
import { HttpError } from '../http/http-error.ts';
import { toErrorAnswer } from './error-answer.ts';
import { requestLanguage } from '../languages/language.ts';
import { createMatches } from '../saved-searches/matches.ts';
import { writeSecret } from '../webhooks/sign-delivery.ts';
import { checkWebhookUrl } from '../webhooks/webhook-address.ts';
import {
  describeWebhook,
  removeWebhook,
  setWebhook,
  type WebhookState,
} from '../webhooks/webhook-store.ts';
import { requireOwned, mayChange, requireSavedSearch, wrongToken } from './saved-search-routes.ts';
import { webhookPage } from '../pages/webhook-page.ts';

/** `/api/saved-searches/:id/webhook`: for the owner only, since an address may be a secret. */
export function webhookRoutes(context: ServerContext): Router {
  const { store, localise } = context;
  const setBy = webhookSetter(context);
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
function webhookSetter(context: ServerContext) {
  const { store, allowPrivateWebhooks, quotaClient } = context;
  const matches = createMatches(context);
  const write = createRequestWriter(store);
  return async (request: Request, response: Response, searchId: string, given: string) => {
    const { href: url } = await checkWebhookUrl(given, allowPrivateWebhooks);
    const told = matches.arrived();
    const client = quotaClient(request);
    const secret = await write(() => setWebhook(store, { searchId, url, told }, client), response);
    const webhook = describeWebhook(store, searchId);
    if (webhook === null) throw new HttpError(404, 'not-found', '没有这个保存的检索，也许已被删除');
    return { webhook, secret: secret === null ? null : writeSecret(secret) };
  };
}

const formSchema = z.object({
  token: z.string('请填写口令').trim(),
  act: z.enum(['show', 'set', 'remove'], '只能是 show、set 或 remove').default('show'),
  url: z.string('请填写网址').trim().max(2_000, '网址最多 2000 个字符').default(''),
});

/**
 * `/s/:id/webhook`: where a saved search's news is sent, seen and changed by forms alone. The token comes in
 * the body, so that it stands in no address, history or log.
 */
export function webhookPageRoutes(context: ServerContext): Router {
  const { store, sendPage } = context;
  const setBy = webhookSetter(context);
  const write = createRequestWriter(store);
  const router = Router();

  router.get('/:id/webhook', (request, response) => {
    const saved = requireSavedSearch(store, request.params.id);
    sendPage(request, response, (shell) => webhookPage(shell, { saved }));
  });

  router.post('/:id/webhook', async (request, response) => {
    const saved = requireSavedSearch(store, request.params.id);
    response.set('Cache-Control', 'no-store');
    let token: string | undefined;
    try {
      const form = formSchema.parse(request.body ?? {});
      if (!mayChange(context, saved.id, form.token)) throw wrongToken();
      ({ token } = form);
      if (form.act === 'remove') await write(() => removeWebhook(store, saved.id), response);
      const secret =
        form.act === 'set' ? (await setBy(request, response, saved.id, form.url)).secret : null;
      const webhook = describeWebhook(store, saved.id);
      sendPage(request, response, (shell) => webhookPage(shell, { saved, token, webhook, secret }));
    } catch (error) {
      const { status, message } = toErrorAnswer(error);
      if (status >= 500) throw error;
      const webhook = token === undefined ? null : describeWebhook(store, saved.id);
      response.status(status);
      sendPage(request, response, (shell) =>
        webhookPage(shell, { saved, token, webhook, problem: message }),
      );
    }
  });

  return router;
}
