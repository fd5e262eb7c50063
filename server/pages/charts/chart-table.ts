import { groupDigits } from '../../html/labels.ts';
import { html, text } from '../../html/safe-html.ts';
import type { SafeHtml } from '../../html/safe-html.ts';

interface Cell {
  readonly text: string;
  readonly href?: string;
  /** A name out of the corpus, not a word of the interface. */
  readonly isName?: boolean;
}

export interface ChartTableView {
  readonly label: string;
  /** The first one stands above the heads of the rows, the others above figures. */
  readonly columns: readonly [Cell, ...Cell[]];
  readonly rows: readonly {
    readonly head: Cell;
    readonly figures: readonly { readonly count: number; readonly href?: string }[];
  }[];
}

/** The data of a chart, each figure leading to the articles behind it. */
export function chartTable({ label, columns, rows }: ChartTableView): SafeHtml {
  const [first, ...others] = columns;
  return html`<table>
    <caption class="unseen">
      ${text(label)}
    </caption>
    <thead>
      <tr>
        <th scope="col">${cell(first)}</th>
        ${others.map((column) => html`<th scope="col" class="number">${cell(column)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ head, figures }) =>
          html`<tr>
            <th scope="row">${cell(head)}</th>
            ${figures.map(
              ({ count, ...link }) =>
                html`<td class="number">${cell({ text: groupDigits(count), ...link })}</td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function cell({ text: words, href, isName }: Cell): SafeHtml {
  const shown = isName === true ? html`<bdi>${text(words)}</bdi>` : html`${text(words)}`;
  return href === undefined ? shown : html`<a href="${text(href)}">${shown}</a>`;
}
