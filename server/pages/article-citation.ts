import { formatBibtex, formatGbt7714 } from './citation.ts';
import type { CitedArticle } from './citation.ts';
import { html, text } from './safe-html.ts';
import type { SafeHtml } from './safe-html.ts';

/** The article's references, ready to select; the browser code adds copy buttons. */
export function citationBlock(article: CitedArticle): SafeHtml {
  return html`<details class="cite">
    <summary>引用这篇报道</summary>
    <h2>GB/T 7714</h2>
    <p class="copyable" id="cite-gbt">${text(formatGbt7714(article))}</p>
    <h2>BibTeX</h2>
    <pre class="copyable" id="cite-bibtex" tabindex="0">${text(formatBibtex(article))}</pre>
  </details>`;
}
