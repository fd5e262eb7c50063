import { Router } from 'express';
import { countArticles, dateSpan, findArticle } from '../../indexer/store/articles.ts';
import { isoDay } from '../../indexer/dates/day-range.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import { searchRequestSchema } from '../api/search-schema.ts';
import type { ServerContext } from '../context.ts';
import { describeArticle } from '../describe-article.ts';
import { highlightText } from '../highlight/highlight.ts';
import { HttpError } from '../http-error.ts';
import { articlePage } from '../pages/article-page.ts';
import { helpPage } from '../pages/help-page.ts';
import { pageShell } from '../pages/page-shell.ts';
import { hasFilters } from '../pages/search-links.ts';
import { searchPage } from '../pages/search-page.ts';
import { startPage } from '../pages/start-page.ts';
import { createParkList } from '../parks.ts';
import { articleUrl, createSearch } from '../search/answer-search.ts';
import { createQueryUnderstanding } from '../search/understand-query.ts';
import { clientSignal } from './client-signal.ts';
import { publicAddress } from './public-address.ts';

/** The pages a person reads, those of parks and saved searches apart. */
export function pageRoutes(context: ServerContext): Router {
  const { store, gazetteer, publicUrl, today } = context;
  const shell = pageShell(context.assets);
  const search = createSearch(context);
  const understand = createQueryUnderstanding(context);
  const parkList = createParkList(store, gazetteer);
  const router = Router();

  router.get('/', (_request, response) => {
    const parks = parkList();
    const span = dateSpan(store);
    response.type('html').send(
      startPage(shell, {
        articles: countArticles(store),
        parks: parks.length,
        from: span === null ? null : isoDay(span.first),
        to: span === null ? null : isoDay(span.last),
        topParks: parks.slice(0, 12).map(({ id, name, articles: count }) => ({ id, name, count })),
      }),
    );
  });

  router.get('/search', async (request, response) => {
    const asked = searchRequestSchema.parse(request.query);
    const found = await search(asked, clientSignal(response));
    response.type('html').send(searchPage(shell, { request: asked, response: found }));
  });

  router.get('/articles/:id', (request, response) => {
    const stored = findArticle(store, request.params.id);
    if (stored === null) throw new HttpError(404, 'not-found', '没有这篇文章，也许已被移除');
    const article = describeArticle(store, stored);
    const from = searchBehind(request.query);
    const forms = from === null ? [] : understand(from).forms;
    const duplicates = article.duplicates.flatMap((id) => findArticle(store, id) ?? []);
    response.type('html').send(
      articlePage(shell, {
        article,
        titleHtml: highlightText(article.title, forms),
        paragraphs: article.paragraphs.map((paragraph) => highlightText(paragraph, forms)),
        captions: article.captions.map((caption) => highlightText(caption, forms)),
        duplicates: duplicates.map(({ id, title, date, source }) => ({
          id,
          title,
          date,
          source,
          url: articleUrl(id),
        })),
        request: from,
        address: `${publicAddress(request, publicUrl)}${article.url}`,
        today: today(),
      }),
    );
  });

  router.get('/help', (_request, response) => {
    response.type('html').send(helpPage(shell));
  });

  return router;
}

/** The search from which an article was opened, kept in the article's address; null without one. */
function searchBehind(query: unknown): SearchRequest | null {
  const parsed = searchRequestSchema.safeParse(query);
  return parsed.success && (parsed.data.q !== '' || hasFilters(parsed.data)) ? parsed.data : null;
}
