import type { Annotator } from '../annotators/annotation.ts';
import { annotateArticle } from '../annotators/annotate-article.ts';
import type { ContinuationModel } from '../articles/continuation-model.ts';
import { splitPage } from '../articles/split-page.ts';
import type { Page } from '../readers/page.ts';

/** A page with the articles found on it. */
export type PreparedPage = ReturnType<ReturnType<typeof createPagePreparer>>;

/** A page cut into articles, each annotated; pure, so that it can run in any thread. */
export function createPagePreparer(
  continuationModel: ContinuationModel,
  annotators: readonly Annotator[],
) {
  return function preparePage(page: Page) {
    const { articles, setAside } = splitPage(page, continuationModel);
    return {
      page,
      articles: articles.map((article) => annotateArticle(article, annotators)),
      setAside,
    };
  };
}
