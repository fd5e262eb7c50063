import type { SafeHtml } from '../html/safe-html.ts';
import { html, text } from '../html/safe-html.ts';

/** A table that scrolls sideways on a narrow screen, also by keyboard; `label` names it to those who hear it. */
export function scrollTable(
  label: string,
  columns: readonly string[],
  rows: readonly SafeHtml[],
): SafeHtml {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${text(label)}">
    <table>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${text(column)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
