import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';

export interface RewriteLine {
  readonly from: string;
  readonly to: string;
  /** The way to the search with the word as it was typed. */
  readonly undo: SafeHtml;
}

/** Undoes a rewrite by going to an address. */
export function undoLink(href: string): SafeHtml {
  return html`<a href="${text(href)}">撤销</a>`;
}

/** What was understood otherwise than typed, each with its way back. */
export function rewriteLines(rewrites: readonly RewriteLine[]): SafeHtml | null {
  if (rewrites.length === 0) return null;
  const lines = rewrites.map(
    ({ from, to, undo }) =>
      html`<li>
        已将“<bdi>${text(from)}</bdi>”理解为 <strong><bdi>${text(to)}</bdi></strong> · ${undo}
      </li>`,
  );
  return html`<ul class="rewrites" aria-label="检索词的改写">
    ${lines}
  </ul>`;
}
