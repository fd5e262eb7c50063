import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { takeFirstTurn, createYielder } from '../../indexer/core/yield-to-event-loop.ts';
import { exportFormats, rowInPieces } from '../../indexer/documents/export-formats.ts';
import { datedDocs, type DatedDoc } from '../../indexer/store/articles.ts';
import { shownArticles, textInPieces } from '../../indexer/store/shown-article.ts';
import { type Places, takePlace } from '../http/access/limit-concurrency.ts';
import { searchRequestSchema } from '../api/search-schema.ts';
import { exportFormatSchema } from '../api/small-schemas.ts';
import type { ServerContext } from './context.ts';
import { matchingDocs, type ListDocs } from '../search/list-docs.ts';
import { createSearchResolver } from '../search/resolve-search.ts';
import { clientSignal } from '../http/client-signal.ts';

/** What is sent at once, and made ahead of a slow reader. */
const CHARACTERS_AT_ONCE = 50_000;

/**
 * `GET /api/export`: the whole list of which the search page shows a page, by date, streamed. It takes a
 * place whenever there is something to read, and none while the client reads what was sent.
 */
export function exportRoutes(context: ServerContext, places: Places): Router {
  const { store } = context;
  const resolve = createSearchResolver(context);
  const router = Router();

  router.get('/', async (request, response) => {
    const { format: name } = exportFormatSchema.parse(request.query);
    const format = exportFormats[name];
    const asked = searchRequestSchema.parse({ ...request.query, page: 1, size: 1 });
    const signal = clientSignal(response);
    const inPlace = async <T>(work: () => T | Promise<T>, patienceMs?: number): Promise<T> => {
      const leave = await takePlace(places, request, response, patienceMs);
      try {
        return await work();
      } finally {
        leave();
      }
    };
    const docs = await inPlace(async () => {
      await takeFirstTurn();
      const { found } = await resolve(asked, signal);
      return allDocs(found.list, asked.sort === 'oldest' ? 'oldest' : 'newest', signal);
    });
    response.set({
      'Content-Type': format.contentType,
      'Content-Disposition': `attachment; filename="articles.${name}"`,
      'X-Total-Count': String(docs.length),
    });

    function* rows(): Generator<string> {
      for (const article of shownArticles(store, docs))
        if (article.isWhole) yield format.row(article);
        else yield* rowInPieces(format, article, textInPieces(store, article.doc));
    }
    async function* parts(): AsyncGenerator<string> {
      yield format.head;
      const yieldToEventLoop = createYielder();
      const left = rows();
      const readOn = async () => {
        let part = '';
        for (let next = left.next(); next.done !== true; next = left.next()) {
          part += next.value;
          if (part.length >= CHARACTERS_AT_ONCE) break;
          // Reading holds the thread; others have questions too.
          await yieldToEventLoop();
        }
        return part;
      };
      // What has begun is not turned away.
      const read = () => inPlace(readOn, Infinity);
      for (let part = await read(); part !== ''; part = await read()) yield part;
    }
    await pipeline(Readable.from(parts(), { highWaterMark: 1 }), response, { signal });
  });

  /** The list without its texts: a number or two an article, so that a list of any length fits. */
  async function allDocs(
    list: ListDocs,
    order: 'newest' | 'oldest',
    signal: AbortSignal,
  ): Promise<number[]> {
    const dated = new Map<number, DatedDoc>();
    for await (const { docs } of matchingDocs(store, list, 0, signal))
      for (const one of datedDocs(store, docs)) dated.set(one.doc, one);
    const undated = order === 'newest' ? -Infinity : Infinity;
    const direction = order === 'newest' ? -1 : 1;
    return [...dated.values()]
      .map(({ doc, day }) => ({ doc, day: day ?? undated }))
      .sort((a, b) => (a.day === b.day ? a.doc - b.doc : direction * (a.day - b.day)))
      .map(({ doc }) => doc);
  }

  return router;
}
