import { groupDigits } from './labels.ts';
import { html, text } from './safe-html.ts';
import type { SafeHtml } from './safe-html.ts';

interface YearCount {
  readonly year: string;
  readonly count: number;
}

/** Counts by year as a list of links with bars. */
export function yearBars(years: readonly YearCount[], href: (year: string) => string): SafeHtml {
  const most = Math.max(1, ...years.map(({ count }) => count));
  const rows = years.map(
    ({ year, count }) =>
      html`<li>
        <a href="${text(href(year))}"
          ><span>${text(year)}年</span>
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect width="${text(barWidth(count, most))}" height="10" />
          </svg>
          <span class="count">${text(groupDigits(count))} 篇</span></a
        >
      </li>`,
  );
  return html`<ul class="bars">
    ${rows}
  </ul>`;
}

/** 0–100; what is there at all stays visible. */
function barWidth(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(1, Math.round((count / most) * 1000) / 10);
}
