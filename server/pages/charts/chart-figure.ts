import { groupDigits } from '../../html/labels.ts';
import { html, text, type SafeHtml } from '../../html/safe-html.ts';

/** A drawing's size in pixels. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

interface Cell {
  readonly text: string;
  readonly href?: string;
  /** A name out of the corpus, not a word of the interface. */
  readonly isName?: boolean;
}

interface ChartFigure {
  /** What the chart shows, also for those who cannot see it. */
  readonly label: string;
  /** `narrow` for a telephone, on which the letters of a wide drawing could not be read; or one size for all. */
  readonly sizes: Readonly<Partial<Record<'wide' | 'narrow' | 'only', ChartSize>>>;
  readonly draw: (size: ChartSize) => SafeHtml;
  /** Inside an image nothing can be focused, so a drawing with links is a group. */
  readonly role: 'group' | 'img';
  /** Of the data table; the first one stands above the heads of the rows, the others above figures. */
  readonly columns: readonly [Cell, ...Cell[]];
  readonly rows: readonly {
    readonly head: Cell;
    readonly figures: readonly { readonly count: number; readonly href?: string }[];
  }[];
}

/** A chart as a drawing, with its data as a table to unfold, each figure leading to the articles behind it. */
export function chartFigure(chart: ChartFigure): SafeHtml {
  const { label, sizes, draw, role, columns, rows } = chart;
  const drawings = Object.entries(sizes).map(
    ([name, size]) =>
      html`<div class="${text(name)}">
        <svg
          viewBox="0 0 ${text(size.width)} ${text(size.height)}"
          role="${text(role)}"
          aria-label="${text(label)}"
        >
          ${draw(size)}
        </svg>
      </div>`,
  );
  const [first, ...others] = columns;
  return html`<figure class="chart">
    <figcaption>${text(label)}</figcaption>
    ${drawings}
    <details>
      <summary>数据表</summary>
      <div class="scroll">
        <table>
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
                  ${figures.map(figure)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>
  </figure>`;
}

/** A rectangle as the data of a path. */
export function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${rounded(x)} ${rounded(y)}h${rounded(width)}v${rounded(height)}h${rounded(-width)}z`;
}

export const rounded = (pixels: number) => Math.round(pixels * 10) / 10;

function figure({ count, ...link }: { readonly count: number; readonly href?: string }): SafeHtml {
  return html`<td class="number">${cell({ text: groupDigits(count), ...link })}</td>`;
}

function cell({ text: words, href, isName }: Cell): SafeHtml {
  const shown = isName === true ? html`<bdi>${text(words)}</bdi>` : html`${text(words)}`;
  return href === undefined ? shown : html`<a href="${text(href)}">${shown}</a>`;
}
