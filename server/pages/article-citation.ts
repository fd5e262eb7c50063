import { formatBibtex, formatGbt7714 } from './citation.ts';
import type { CitedArticle } from './citation.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';

/** The article's references, ready to select; the browser code adds copy buttons. */
export function citationBlock(article: CitedArticle): SafeHtml {
  return html`<section class="cite" aria-labelledby="cite-title">
    <h2 id="cite-title">引用这篇报道</h2>
    <h3>GB/T 7714—2015</h3>
    <p class="copyable" id="cite-gbt" translate="no">${text(formatGbt7714(article))}</p>
    <details>
      <summary>BibTeX</summary>
      <pre class="copyable" id="cite-bibtex" tabindex="0" translate="no">
${text(formatBibtex(article))}</pre>
    </details>
  </section>`;
}
