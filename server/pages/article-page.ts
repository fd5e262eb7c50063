import type { ArticleResponse } from '../api/article-schema.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import { duplicatesBlock, factsBlock, httpAddress } from './article-about.ts';
import type { DuplicateView } from './article-about.ts';
import { citationBlock } from './article-citation.ts';
import { dateHtml } from './date-text.ts';
import { KIND_LABELS } from './labels.ts';
import { layout } from './layout.ts';
import type { PageShell } from './layout.ts';
import { html, text } from './safe-html.ts';
import type { SafeHtml } from './safe-html.ts';
import { serializeRequest, withQuery } from './search-links.ts';

export interface ArticlePageView {
  readonly article: ArticleResponse;
  /** The article's texts, escaped, matches marked; they stand in for those in `article`. */
  readonly titleHtml: SafeHtml;
  readonly kickerHtml: SafeHtml | null;
  readonly subtitleHtml: SafeHtml | null;
  readonly paragraphs: readonly SafeHtml[];
  readonly captions: readonly SafeHtml[];
  /** The preferred copy first when this is not it. */
  readonly duplicates: readonly DuplicateView[];
  /** The search that led here; null when there was none. */
  readonly request: SearchRequest | null;
  /** The page's own address, absolute, for citations. */
  readonly address: string;
  /** Today, `YYYY-MM-DD`. */
  readonly today: string;
}

/** `/articles/:id`: the story as printed, with what is known about it. */
export function articlePage(shell: PageShell, view: ArticlePageView): SafeHtml {
  const { article } = view;
  return layout(shell, {
    title: article.title,
    page: 'article',
    ...(view.request !== null && { request: view.request }),
    main: html`<div class="columns">
      <div>${toolbar(view)} ${story(view)}</div>
      <aside class="about" aria-label="关于这篇报道">
        ${factsBlock(article)} ${duplicatesBlock(view.duplicates, view.request)}
        ${citationBlock({
          ...article,
          url: httpAddress(article.sourceUrl) ?? view.address,
          accessed: view.today,
        })}
      </aside>
    </div>`,
  });
}

function toolbar({ request, ...view }: ArticlePageView): SafeHtml | null {
  if (request === null) return null;
  const { titleHtml, kickerHtml, subtitleHtml, paragraphs, captions } = view;
  const texts = [kickerHtml ?? '', titleHtml, subtitleHtml ?? '', ...paragraphs, ...captions];
  const marked = texts.join('').split('<mark>').length - 1;
  const back = withQuery('/search', serializeRequest(request));
  return html`<div class="toolbar">
    <a href="${text(back)}">← 回到检索结果</a>
    ${marked > 0 && html`<span class="matches" id="matches">正文中有 ${text(marked)} 处匹配</span>`}
  </div>`;
}

function story({ article, ...view }: ArticlePageView): SafeHtml {
  const { titleHtml, kickerHtml, subtitleHtml, paragraphs, captions } = view;
  const { bylines } = article;
  return html`<article class="story">
    <header>
      ${kickerHtml !== null && html`<p class="kicker">${kickerHtml}</p>`}
      <h1>${titleHtml}</h1>
      ${subtitleHtml !== null && html`<p class="subtitle">${subtitleHtml}</p>`}
      ${sourceLine(article)}
      ${bylines.length > 0 && html`<p class="byline">${text(bylines.join('　'))}</p>`}
    </header>
    <div class="body">${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}</div>
    ${captionBlock(captions)}
  </article>`;
}

function sourceLine(article: ArticleResponse): SafeHtml {
  return html`<ul class="meta">
    ${article.source !== null && html`<li><bdi>${text(article.source)}</bdi></li>`}
    ${article.section !== null && html`<li><bdi>${text(article.section)}</bdi></li>`}
    <li>${dateHtml(article.date)}</li>
    <li>${text(KIND_LABELS[article.kind])}</li>
  </ul>`;
}

function captionBlock(captions: readonly SafeHtml[]): SafeHtml | null {
  if (captions.length === 0) return null;
  return html`<section class="captions" aria-labelledby="captions-title">
    <h2 id="captions-title">图片说明</h2>
    ${captions.map((caption) => html`<p>${caption}</p>`)}
  </section>`;
}
