import type { ArticleResponse } from '../api/article-schema.ts';
import type { SearchHit, SearchRequest } from '../api/search-schema.ts';
import { dateHtml } from './date-text.ts';
import { html, text } from './safe-html.ts';
import type { SafeHtml } from './safe-html.ts';
import { parkHref } from './search-hits.ts';
import { articleHref } from './search-links.ts';

/** Another copy of the same story. */
export type DuplicateView = Pick<SearchHit, 'id' | 'title' | 'date' | 'source' | 'url'>;

/** What is known about the article: its parks, how its date was known, where it came from. */
export function factsBlock(article: ArticleResponse): SafeHtml {
  const parks = article.parks.map(
    ({ id, name, mentions }) =>
      html`<li>
        <a class="park" href="${text(parkHref(id))}"><bdi>${text(name)}</bdi></a>
        <span class="count">${text(mentions)} 次</span>
      </li>`,
  );
  const original = httpAddress(article.sourceUrl);
  return html`<section aria-labelledby="facts-title">
    <h2 id="facts-title">关于这篇报道</h2>
    <dl>
      ${
        parks.length > 0 &&
        html`<div>
          <dt>提到的园区</dt>
          <dd>
            <ul class="inline">
              ${parks}
            </ul>
          </dd>
        </div>`
      }
      <div>
        <dt>日期依据</dt>
        <dd><bdi>${text(article.dateEvidence)}</bdi></dd>
      </div>
      ${
        article.keywords.length > 0 &&
        html`<div>
          <dt>关键词</dt>
          <dd><bdi>${text(article.keywords.join('、'))}</bdi></dd>
        </div>`
      }
      ${
        original !== null &&
        html`<div>
          <dt>原文</dt>
          <dd><a href="${text(original)}" rel="noreferrer">${text(original)}</a></dd>
        </div>`
      }
      <div>
        <dt>来自文件</dt>
        <dd><bdi>${text(fileName(article.origin.file))}</bdi> ${text(article.origin.place)}</dd>
      </div>
    </dl>
  </section>`;
}

/** Links to the other copies; they remember the search. */
export function duplicatesBlock(
  duplicates: readonly DuplicateView[],
  request: SearchRequest | null,
): SafeHtml | null {
  if (duplicates.length === 0) return null;
  const items = duplicates.map(({ title, date, source, url }) => {
    const href = request === null ? url : articleHref(url, request);
    return html`<li>
      <a href="${text(href)}"><bdi>${text(title)}</bdi></a>
      <span class="meta"
        >${source !== null && html`<bdi>${text(source)}</bdi> `}${dateHtml(date)}</span
      >
    </li>`;
  });
  return html`<section aria-labelledby="duplicates-title">
    <h2 id="duplicates-title">内容相同的报道</h2>
    <ul>
      ${items}
    </ul>
  </section>`;
}

/** Without the folders: how this machine is laid out is nobody's business. */
function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}

/** A foreign address only when a click on it can do nothing but open a web page. */
export function httpAddress(address: string | null): string | null {
  return address !== null && /^https?:\/\//i.test(address) ? address : null;
}
