import { groupDigits } from '../html/labels.ts';
import { html, text, type Insert, type SafeHtml } from '../html/safe-html.ts';

/** Hidden inputs that carry parameters through a form. */
export function hiddenFields(fields: readonly (readonly [string, string])[]): readonly SafeHtml[] {
  return fields.map(
    ([name, value]) => html`<input type="hidden" name="${text(name)}" value="${text(value)}" />`,
  );
}

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

/** Part of a page under a heading of its own. */
export function section(id: string, title: string, body: SafeHtml, className?: string): SafeHtml {
  const look = className !== undefined && html` class="${text(className)}"`;
  return html`<section ${look} aria-labelledby="${text(id)}">
    <h2 id="${text(id)}">${text(title)}</h2>
    ${body}
  </section>`;
}

export function list(items: readonly SafeHtml[], className?: string): SafeHtml {
  return html`<ul ${className !== undefined && html` class="${text(className)}"`}>
    ${items}
  </ul>`;
}

/** A term of a `<dl>` with what is said of it. */
export function fact(label: string, value: Insert): SafeHtml {
  return html`<div>
    <dt>${text(label)}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** A link of a list of alternatives, of which the present one is marked. */
export function optionItem(label: string, href: string, isChosen: boolean): SafeHtml {
  return html`<li>
    <a href="${text(href)}" ${isChosen && html` aria-current="true"`}>${text(label)}</a>
  </li>`;
}

/** A name out of the corpus that leads to as many articles. */
export function countedItem(href: string, name: string, count: number, unit = ''): SafeHtml {
  return html`<li>
    <a href="${text(href)}"
      ><bdi>${text(name)}</bdi> <span class="count">${text(groupDigits(count) + unit)}</span></a
    >
  </li>`;
}

/** A rewrite of what was typed, and the way to the search with the word as it was typed. */
export interface RewriteLine {
  readonly from: string;
  readonly to: string;
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
