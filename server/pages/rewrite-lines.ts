import { html, text } from './safe-html.ts';
import type { SafeHtml } from './safe-html.ts';

export interface RewriteLine {
  readonly from: string;
  readonly to: string;
  /** The address with the word as it was typed. */
  readonly undoHref: string;
}

/** What was understood otherwise than typed, each with its way back. */
export function rewriteLines(rewrites: readonly RewriteLine[]): SafeHtml | null {
  if (rewrites.length === 0) return null;
  const lines = rewrites.map(
    ({ from, to, undoHref }) =>
      html`<li>
        已将“<bdi>${text(from)}</bdi>”理解为 <strong><bdi>${text(to)}</bdi></strong> ·
        <a href="${text(undoHref)}">撤销</a>
      </li>`,
  );
  return html`<ul class="rewrites" aria-label="检索词的改写">
    ${lines}
  </ul>`;
}
