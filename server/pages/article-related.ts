import type { SearchRequest } from '../api/search-schema.ts';
import { openHref } from './article-links.ts';
import { dateHtml } from './date-text.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';

export interface RelatedView {
  readonly title: string;
  readonly date: string | null;
  readonly source: string | null;
  readonly url: string;
  /** Names of parks that both stories mention. */
  readonly parks: readonly string[];
  /** Significant words that both have. */
  readonly words: readonly string[];
}

/** Related stories, each with the reason why it stands there; null `stories`: the engine did not answer. */
export function relatedBlock(
  stories: readonly RelatedView[] | null,
  request: SearchRequest | null,
): SafeHtml | null {
  if (stories?.length === 0) return null;
  return html`<section class="related" aria-labelledby="related-title">
    <h2 id="related-title">相关报道</h2>
    ${
      stories === null
        ? html`<p class="hint">检索引擎暂时没有回答，稍后刷新本页可见。</p>`
        : html`<ul>
            ${stories.map((story) => relatedItem(story, request))}
          </ul>`
    }
  </section>`;
}

function relatedItem(story: RelatedView, request: SearchRequest | null): SafeHtml {
  const { parks, words } = story;
  return html`<li>
    <a href="${text(openHref(story.url, request))}"><bdi>${text(story.title)}</bdi></a>
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
