import { Router } from 'express';
import { z } from 'zod';
import { createYielder } from '../../indexer/core/yield-to-event-loop.ts';
import { findShownArticle, type ShownArticle } from '../../indexer/store/shown-article.ts';
import type { ArticleDetails, StoredArticle } from '../../indexer/store/stored-article.ts';
import { layoutOfPage, pageOfArticle } from '../../indexer/store/stored-page.ts';
import type { ArticleResponse } from '../api/article-schema.ts';
import { searchRequestSchema, type SearchRequest } from '../api/search-schema.ts';
import { compareTexts } from '../articles/compare-texts.ts';
import type { ServerContext } from './context.ts';
import { describeArticle } from '../articles/describe-article.ts';
import { createHighlighter, type Highlighter } from '../highlight/highlight.ts';
import { type MatchForms, NO_FORMS } from '../highlight/match-spans.ts';
import { HttpError } from '../http/http-error.ts';
import { toErrorAnswer } from './error-answer.ts';
import { originText } from '../pages/article-about.ts';
import type { CopyView } from '../pages/article-copies.ts';
import { articlePage, type RelatedView, type StoryView } from '../pages/article-page.ts';
import { beginningOf } from '../pages/long-text.ts';
import { hasFilters } from '../html/search-links.ts';
import { sourcePage } from '../pages/source-page.ts';
import { articleUrl } from '../search/answer-search.ts';
import { createRelatedStories } from '../search/related-stories.ts';
import { createMatchForms } from '../search/resolve-search.ts';
import { clientSignal } from '../http/client-signal.ts';
import { publicAddress } from '../http/public-address.ts';

/** More copies than these are counted, not shown: each is compared with the article. */
const COPIES_SHOWN = 8;
/** Of a page that is too long to be shown whole, what is shown begins that much before the story. */
const BEFORE_STORY = 5_000;

const pageFromSchema = z.object({
  from: z.coerce.number().int().min(0).optional().catch(undefined),
});

/** `/articles/:id` and the raw page behind it, `/articles/:id/page`. */
export function articleRoutes(context: ServerContext): Router {
  const { store, publicUrl, today, log, sendPage } = context;
  const formsFor = createMatchForms(context);
  const highlighter = createHighlighter(context.analyzer);
  const findRelated = createRelatedStories(context);
  const router = Router();

  router.get('/:id', async (request, response) => {
    const yieldToEventLoop = createYielder();
    const stored = requireArticle(request.params.id);
    const shown = beginningOf(stored.text);
    const article = describeArticle(store, { ...stored, text: shown.text });
    const from = searchBehind(request.query);
    const forms = from === null ? NO_FORMS : await formsFor(from, article);
    const related = await relatedTo(stored, clientSignal(response));
    const copies = await copiesOf(article);
    await yieldToEventLoop();
    const story = markStory(article, highlighter, forms);
    await yieldToEventLoop();
    sendPage(request, response, (shell) =>
      articlePage(shell, {
        article,
        story: {
          ...story,
          shownOnly: stored.isWhole && shown.isWhole ? null : shown.text.length,
        },
        page: { layout: layoutOfPage(store, stored.id) ?? 'story' },
        copies,
        related,
        request: from,
        address: `${publicAddress(request, publicUrl)}${article.url}`,
        today: today(),
      }),
    );
  });

  router.get('/:id/page', (request, response) => {
    const stored = requireArticle(request.params.id);
    const page = pageOfArticle(store, stored.id);
    if (page === null) throw new HttpError(404, 'not-found', '没有这篇文章，也许已被移除');
    const { id, title, url, origin } = describeArticle(store, { ...stored, text: '' });
    const { parts } = stored.details;
    sendPage(request, response, (shell) =>
      sourcePage(shell, {
        article: { id, title, url, parts },
        page,
        from: pageFromSchema.parse(request.query).from ?? firstOf(parts) - BEFORE_STORY,
        origin: originText({ origin }),
        request: searchBehind(request.query),
      }),
    );
  });

  function requireArticle(id: string): ShownArticle {
    const stored = findShownArticle(store, id);
    if (stored === null) throw new HttpError(404, 'not-found', '没有这篇文章，也许已被移除');
    return stored;
  }

  async function copiesOf(article: ArticleResponse): Promise<CopyView[]> {
    const yieldToEventLoop = createYielder();
    const copies: CopyView[] = [];
    for (const id of article.duplicates.slice(0, COPIES_SHOWN)) {
      const copy = findShownArticle(store, id);
      if (copy === null) continue;
      const { title, date, source, details, text } = copy;
      copies.push({
        id,
        title,
        date,
        source,
        section: details.section,
        url: articleUrl(id),
        changes: compareTexts(article.text, text),
      });
      await yieldToEventLoop();
    }
    return copies;
  }

  /** The story can be read without the engine. */
  async function relatedTo(
    article: StoredArticle,
    signal: AbortSignal,
  ): Promise<RelatedView[] | null> {
    try {
      const stories = await findRelated(article, signal);
      return stories.map(({ article: { id, title, date, source }, parks, words }) => ({
        title,
        date,
        source,
        url: articleUrl(id),
        parks,
        words,
      }));
    } catch (error) {
      if (toErrorAnswer(error).status !== 503) throw error;
      log.warn({ err: error }, '相关报道没有查到');
      return null;
    }
  }

  return router;
}

function firstOf(parts: ArticleDetails['parts']): number {
  return parts.reduce((first, { start }) => Math.min(first, start), Infinity);
}

function markStory(
  article: ArticleResponse,
  { markText, markLines }: Highlighter,
  forms: MatchForms,
): Omit<StoryView, 'shownOnly'> {
  const mark = (text: string) => markText(text, forms);
  const markLine = (line: string | null) => (line === null ? null : mark(line));
  return {
    kicker: markLine(article.kicker),
    title: mark(article.title),
    subtitle: markLine(article.subtitle),
    bylines: article.bylines.map(mark),
    paragraphs: markLines(article.text, forms),
    captions: article.captions.map(mark),
  };
}

/** The search from which an article was opened, kept in the article's address; null without one. */
function searchBehind(query: unknown): SearchRequest | null {
  const parsed = searchRequestSchema.safeParse(query);
  return parsed.success && (parsed.data.q !== '' || hasFilters(parsed.data)) ? parsed.data : null;
}
