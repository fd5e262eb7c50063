import { list, section } from './page-parts.ts';
import type { ArticleResponse } from '../api/article-schema.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import { doubtNote, factsBlock, httpAddress } from './article-about.ts';
import { citationBlock } from './citation.ts';
import { copiesBlock, type CopyView } from './article-copies.ts';
import { dateHtml } from './date-text.ts';
import { KIND_LABELS } from '../html/labels.ts';
import { layout, type PageShell } from './layout.ts';
import { html, numberMarks, text, type SafeHtml } from '../html/safe-html.ts';
import { serializeRequest, withQuery, articleHref } from '../html/search-links.ts';
import type { SourcePageView } from './source-page.ts';

/** The article's texts, escaped, matches marked. */
export interface StoryView {
  readonly kicker: SafeHtml | null;
  readonly title: SafeHtml;
  readonly subtitle: SafeHtml | null;
  readonly bylines: readonly SafeHtml[];
  readonly paragraphs: readonly SafeHtml[];
  readonly captions: readonly SafeHtml[];
  /** Characters that are shown of a text that is too long for a page; null: all. */
  readonly shownOnly: number | null;
}

export interface ArticlePageView {
  readonly article: ArticleResponse;
  /** Stands in for the texts in `article`. */
  readonly story: StoryView;
  readonly page: Pick<SourcePageView['page'], 'layout'>;
  /** The preferred copy first when this is not it. */
  readonly copies: readonly CopyView[];
  /** Null when the engine did not answer. */
  readonly related: readonly RelatedView[] | null;
  /** The search that led here; null when there was none. */
  readonly request: SearchRequest | null;
  /** The page's own address, absolute, for citations. */
  readonly address: string;
  /** Today, `YYYY-MM-DD`. */
  readonly today: string;
}

/** A page full of numbers leads nowhere. */
const MATCHES_LINKED = 40;

/** `/articles/:id`: the story as printed, with what is known about it. */
export function articlePage(shell: PageShell, view: ArticlePageView): SafeHtml {
  const { article, request } = view;
  const shown = numberMarks(story(view));
  return layout(shell, {
    title: article.title,
    page: 'article',
    request,
    main: html`${toolbar(request, shown)}
      <div class="columns">
        <div>
          ${doubtNote(view)} ${shown} ${copiesBlock(view)} ${relatedBlock(view.related, request)}
        </div>
        <aside class="about" aria-label="关于这篇报道">
          ${factsBlock(view)}
          ${citationBlock({ ...article, url: citedAddress(view), accessed: view.today })}
        </aside>
      </div>`,
  });
}

/** A printed story is cited from the paper; our own address stands in only where nothing else leads to it. */
function citedAddress({ article, address }: ArticlePageView): string | null {
  return httpAddress(article.sourceUrl) ?? (article.source === null ? address : null);
}

function toolbar(request: SearchRequest | null, shown: SafeHtml): SafeHtml | null {
  if (request === null) return null;
  const back = withQuery('/search', serializeRequest(request));
  return html`<div class="toolbar">
    <a href="${text(back)}">← 回到检索结果</a>
    ${matchLinks(shown.split('<mark ').length - 1)}
  </div>`;
}

/** To each match; the browser code puts buttons for previous and next in their place. */
function matchLinks(matches: number): SafeHtml | null {
  if (matches === 0) return null;
  const numbers = Array.from({ length: Math.min(matches, MATCHES_LINKED) }, (_, at) => at + 1);
  const links = numbers.map(
    (number) =>
      html` <a href="#match-${text(number)}" aria-label="第 ${text(number)} 处匹配"
        >${text(number)}</a
      >`,
  );
  return html`<div class="matches" id="matches">正文中有 ${text(matches)} 处匹配 ${links}</div>`;
}

function story({ article, story }: ArticlePageView): SafeHtml {
  const { kicker, title, subtitle, bylines, captions } = story;
  return html`<article class="story">
    <header>
      ${kicker !== null && html`<p class="kicker"><bdi>${kicker}</bdi></p>`}
      <h1><bdi>${title}</bdi></h1>
      ${subtitle !== null && html`<p class="subtitle"><bdi>${subtitle}</bdi></p>`}
      ${sourceLine(article)}
      ${
        bylines.length > 0 &&
        html`<p class="byline">${bylines.map((byline) => html`<bdi>${byline}</bdi> `)}</p>`
      }
    </header>
    <div class="body">${body(article, story)}</div>
    ${story.shownOnly !== null && restNote(article.id, story.shownOnly)} ${captionBlock(captions)}
  </article>`;
}

function restNote(id: string, characters: number): SafeHtml {
  return html`<p class="hint">
    本文很长，这里只显示前 ${text(characters)} 字；<a
      href="/api/articles/${text(encodeURIComponent(id))}"
      >全文（JSON）</a
    >
  </p>`;
}

function body(article: ArticleResponse, { paragraphs }: StoryView): readonly SafeHtml[] {
  const crossheads = new Set(article.crossheads);
  return paragraphs.map((paragraph, at) =>
    crossheads.has(at)
      ? html`<h2><bdi>${paragraph}</bdi></h2>`
      : html`<p><bdi>${paragraph}</bdi></p>`,
  );
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
  const shown = captions.map((caption) => html`<p><bdi>${caption}</bdi></p>`);
  return section('captions-title', '图片说明', html`${shown}`, 'captions');
}

export interface RelatedView extends Pick<ArticleResponse, 'title' | 'date' | 'source' | 'url'> {
  /** Names of parks that both stories mention. */
  readonly parks: readonly string[];
  /** Significant words that both have. */
  readonly words: readonly string[];
}

/** Related stories, each with the reason why it stands there; null `stories`: the engine did not answer. */
function relatedBlock(
  stories: readonly RelatedView[] | null,
  request: SearchRequest | null,
): SafeHtml | null {
  if (stories?.length === 0) return null;
  const shown =
    stories === null
      ? html`<p class="hint">检索引擎暂时没有回答，稍后刷新本页可见。</p>`
      : list(stories.map((story) => relatedItem(story, request)));
  return section('related-title', '相关报道', shown, 'related');
}

function relatedItem(story: RelatedView, request: SearchRequest | null): SafeHtml {
  const { parks, words } = story;
  return html`<li>
    <a href="${text(articleHref(story.url, request))}"><bdi>${text(story.title)}</bdi></a>
    <span class="meta"
      >${story.source !== null && html`<bdi>${text(story.source)}</bdi> `}${dateHtml(story.date)}<br />${
        parks.length > 0 && html`同提<bdi>${text(parks.join('、'))}</bdi>`
      }${
        words.length > 0 &&
        html`${parks.length > 0 && text('；')}共有<bdi>“${text(words.join('”“'))}”</bdi>`
      }</span
    >
  </li>`;
}
