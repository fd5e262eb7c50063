import { Router } from 'express';
import { coMentionedParks } from '../../indexer/store/article-parks.ts';
import type { ServerContext } from './context.ts';
import { comparePage } from '../pages/compare-page.ts';
import { compareHref, compareRequestSchema, fitsInLinks } from '../pages/compare-request.ts';
import { HttpError } from '../http/http-error.ts';
import { createParkFinder } from '../parks/find-parks.ts';
import { createParkList, createStoryCounts } from '../parks/park-counts.ts';
import { fittingStep } from '../parks/periods.ts';
import { facetLabel } from '../search/facets.ts';
import { clientSignal } from '../http/client-signal.ts';

const SUGGESTED = 8;

/** `/compare?park=a&park=b`. */
export function compareRoutes(context: ServerContext): Router {
  const { store, gazetteer, queries, sendPage } = context;
  const findParks = createParkFinder(context);
  const parkList = createParkList(store, gazetteer);
  const countStories = createStoryCounts(context);
  const router = Router();

  router.get('/', async (request, response) => {
    const asked = compareRequestSchema.parse(request.query);
    if (!fitsInLinks(asked))
      throw new HttpError(400, 'invalid-request', '检索词太长，不便比较，请缩短后再试');
    const { park: ids, add } = asked;
    const found = add.trim() === '' ? null : toAdd(add, ids);
    if (found?.length === 1) {
      response.redirect(302, compareHref({ ...asked, park: [...ids, found[0]!.id], add: '' }));
      return;
    }
    const { clauses, applied } = queries.understand(asked);
    const signal = clientSignal(response);
    const counted = await Promise.all(ids.map((id) => countStories(clauses, id, signal)));
    const step = asked.by ?? fittingStep(counted.map(({ year }) => year));
    sendPage(request, response, (shell) =>
      comparePage(shell, {
        request: asked,
        step,
        compared: ids.map((id, index) => ({
          id,
          name: facetLabel('park', id, gazetteer),
          articles: counted[index]!.total,
          counts: counted[index]![step],
        })),
        rewrites: applied,
        found,
        suggested: suggestions(ids),
      }),
    );
  });

  /** A park of exactly that name is meant, whatever longer names hold it. */
  function toAdd(typed: string, ids: readonly string[]) {
    const fitting = findParks(parkList(), typed).filter(({ id }) => !ids.includes(id));
    const exact = fitting.filter(({ name }) => name === typed.trim());
    return exact.length === 1 ? exact : fitting;
  }

  function suggestions(ids: readonly string[]) {
    const [first] = ids;
    const parks =
      first === undefined
        ? parkList().slice(0, SUGGESTED)
        : coMentionedParks(store, first, SUGGESTED + ids.length);
    return parks
      .filter(({ id }) => !ids.includes(id))
      .slice(0, SUGGESTED)
      .map(({ id }) => ({ id, name: facetLabel('park', id, gazetteer) }));
  }

  return router;
}
