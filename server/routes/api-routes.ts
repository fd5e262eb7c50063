import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import {
  findShownArticle,
  textInPieces,
  type ShownArticle,
} from '../../indexer/store/shown-article.ts';
import { searchRequestSchema } from '../api/search-schema.ts';
import { analyzeRequestSchema, suggestRequestSchema } from '../api/small-schemas.ts';
import { openApiDocument } from '../api/openapi.ts';
import type { ServerContext } from './context.ts';
import { describeArticle } from '../articles/describe-article.ts';
import { HttpError } from '../http/http-error.ts';
import { createParkFinder } from '../parks/find-parks.ts';
import { createParkList } from '../parks/park-counts.ts';
import type { Search } from '../search/answer-search.ts';
import { createSuggester } from '../suggestions/suggest.ts';
import { timed } from '../http/request-trace.ts';
import { rebuilding } from '../telemetry/service-state.ts';
import { clientSignal } from '../http/client-signal.ts';
import { createYielder } from '../../indexer/core/yield-to-event-loop.ts';
import type { Store } from '../../indexer/store/database.ts';

/** The JSON interface below `/api`, saved searches and exports apart. */
export function apiRoutes(context: ServerContext, search: Search): Router {
  const { store, gazetteer, analyzer } = context;
  const parkList = createParkList(store, gazetteer);
  const findParks = createParkFinder(context);
  const suggest = createSuggester(parkList, findParks, context.store, context.isStopWord);
  const router = Router();

  router.get('/search', async (request, response) => {
    const asked = searchRequestSchema.parse(request.query);
    const found = await search(asked, clientSignal(response));
    const now = rebuilding(store, context.state);
    timed('render', () => response.json(now === null ? found : { ...found, rebuilding: now }));
  });

  router.get('/articles/:id', async (request, response) => {
    const article = findShownArticle(store, request.params.id);
    if (article === null) throw new HttpError(404, 'not-found', '没有这篇文章，也许已被移除');
    if (article.isWhole) response.json(describeArticle(store, article));
    else
      await pipeline(
        Readable.from(articleJson(store, article), { highWaterMark: 1 }),
        response.type('json'),
      );
  });

  router.get('/suggest', async (request, response) => {
    const { q } = suggestRequestSchema.parse(request.query);
    response.json({ suggestions: await suggest(q) });
  });

  router.get('/parks', (request, response) => {
    const { q } = suggestRequestSchema.parse(request.query);
    response.json({ parks: findParks(parkList(), q) });
  });

  router.get('/analyze', (request, response) => {
    const { text } = analyzeRequestSchema.parse(request.query);
    response.json({ tokens: analyzer.analyze(text) });
  });

  router.get('/openapi.json', (_request, response) => {
    response.json(openApiDocument);
  });

  router.use(() => {
    throw new HttpError(404, 'not-found', '没有这个接口，见 /api/openapi.json');
  });
  return router;
}

/** What `response.json` would write of an article, piece by piece: of a long text only one is in memory. */
async function* articleJson(store: Store, article: ShownArticle): AsyncGenerator<string> {
  const yieldToEventLoop = createYielder();
  let before = '{';
  for (const [key, value] of Object.entries(describeArticle(store, article))) {
    yield `${before}${JSON.stringify(key)}:`;
    before = ',';
    if (key === 'text' || key === 'paragraphs') {
      yield key === 'text' ? '"' : '["';
      for (const piece of textInPieces(store, article.doc)) {
        const lines = key === 'text' ? [piece] : piece.split('\n');
        yield lines.map((line) => JSON.stringify(line).slice(1, -1)).join('","');
        await yieldToEventLoop();
      }
      yield key === 'text' ? '"' : '"]';
    } else yield JSON.stringify(value);
  }
  yield '}';
}
