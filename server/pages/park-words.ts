import type { TellingWord } from '../parks/telling-words.ts';
import { groupDigits } from '../html/labels.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';
import { EMPTY_REQUEST, searchHref } from '../html/search-links.ts';

export interface ParkWordsView {
  readonly parkId: string;
  readonly words: readonly TellingWord[];
  /** Articles that the words were counted in. */
  readonly sampled: number;
}

/** The words that tell a park's articles from the others, each leading to those that hold it. */
export function parkWords({ parkId, words, sampled }: ParkWordsView): SafeHtml | null {
  if (words.length === 0) return null;
  const items = words.map(({ word, articles }) => {
    const href = searchHref({ ...EMPTY_REQUEST, q: `"${word}"`, park: [parkId] });
    return html`<li>
      <a href="${text(href)}"
        ><bdi>${text(word)}</bdi> <span class="count">${text(groupDigits(articles))} 篇</span></a
      >
    </li>`;
  });
  return html`<h2>特征词</h2>
    <p class="hint">
      与其余报道相比，这些词在它的报道里显著更常见（统计了 ${text(groupDigits(sampled))}
      篇，篇数为其中含该词的）。
    </p>
    <ul class="tiles">
      ${items}
    </ul>`;
}
