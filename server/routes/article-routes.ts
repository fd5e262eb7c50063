import { Router } from 'express';
import { findArticle } from '../../indexer/store/articles.ts';
import { pageOfArticle } from '../../indexer/store/stored-page.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import type { ArticleResponse } from '../api/article-schema.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import { searchRequestSchema } from '../api/search-schema.ts';
import { compareTexts } from '../compare-texts.ts';
import type { ServerContext } from '../context.ts';
import { describeArticle } from '../describe-article.ts';
import type { Highlighter } from '../highlight/highlight.ts';
import { createHighlighter } from '../highlight/highlight.ts';
import { type MatchForms, NO_FORMS } from '../highlight/match-spans.ts';
import { HttpError, toErrorAnswer } from '../http-error.ts';
import { originText } from '../pages/article-about.ts';
import type { CopyView } from '../pages/article-copies.ts';
import type { StoryView } from '../pages/article-page.ts';
import { articlePage } from '../pages/article-page.ts';
import type { RelatedView } from '../pages/article-related.ts';
import { hasFilters } from '../pages/search-links.ts';
import { sourcePage } from '../pages/source-page.ts';
import { articleUrl } from '../search/answer-search.ts';
import { createMatchForms } from '../search/match-forms.ts';
import { createRelatedStories } from '../search/related-stories.ts';
import { clientSignal } from './client-signal.ts';
import { publicAddress } from './public-address.ts';

/** More copies than these are counted, not shown: each is compared with the article. */
const COPIES_SHOWN = 8;

/** `/articles/:id` and the raw page behind it, `/articles/:id/page`. */
export function articleRoutes(context: ServerContext): Router {
  const { store, publicUrl, today, log, sendPage } = context;
  const formsFor = createMatchForms(context);
  const highlighter = createHighlighter(context.analyzer);
  const findRelated = createRelatedStories(context);
  const router = Router();

  router.get('/:id', async (request, response) => {
    const { stored, page } = requireArticle(request.params.id);
    const article = describeArticle(store, stored);
    const from = searchBehind(request.query);
    const related = await relatedTo(stored, clientSignal(response));
    sendPage(request, response, (shell) =>
      articlePage(shell, {
        article,
        story: markStory(article, highlighter, from === null ? NO_FORMS : formsFor(from, article)),
        page,
        copies: copiesOf(article),
        related,
        request: from,
        address: `${publicAddress(request, publicUrl)}${article.url}`,
        today: today(),
      }),
    );
  });

  router.get('/:id/page', (request, response) => {
    const { stored, page } = requireArticle(request.params.id);
    const { id, title, url, origin } = describeArticle(store, stored);
    sendPage(request, response, (shell) =>
      sourcePage(shell, {
        article: { id, title, url, parts: stored.details.parts },
        page,
        origin: originText({ origin }),
        request: searchBehind(request.query),
      }),
    );
  });

  function requireArticle(id: string) {
    const stored = findArticle(store, id);
    const page = pageOfArticle(store, id);
    if (stored === null || page === null)
      throw new HttpError(404, 'not-found', '没有这篇文章，也许已被移除');
    return { stored, page };
  }

  function copiesOf(article: ArticleResponse): CopyView[] {
    return article.duplicates
      .slice(0, COPIES_SHOWN)
      .flatMap((id) => findArticle(store, id) ?? [])
      .map(({ id, title, date, source, details, text }) => ({
        id,
        title,
        date,
        source,
        section: details.section,
        url: articleUrl(id),
        changes: compareTexts(article.text, text),
      }));
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

function markStory(
  article: ArticleResponse,
  { markText, markLines }: Highlighter,
  forms: MatchForms,
): StoryView {
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
