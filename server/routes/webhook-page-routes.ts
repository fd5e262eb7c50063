import { Router } from 'express';
import { z } from 'zod';
import type { ServerContext } from './context.ts';
import { toErrorAnswer } from './error-answer.ts';
import { webhookPage } from '../pages/webhook-page.ts';
import { createMatches } from '../saved-searches/matches.ts';
import { describeWebhook, removeWebhook } from '../webhooks/webhook-store.ts';
import { createRequestWriter } from './request-writer.ts';
import { mayChange, requireSavedSearch, wrongToken } from './saved-search-routes.ts';
import { webhookSetter } from './webhook-routes.ts';

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
  const setBy = webhookSetter(context, createMatches(context));
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
