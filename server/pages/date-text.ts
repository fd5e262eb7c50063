import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** `2022-03-01` → `2022年3月1日`, `2022-03` → `2022年3月`; what is not such a date comes back as it was. */
export function chineseDate(date: string): string {
  const match = DATE.exec(date);
  if (match === null) return date;
  const [, year, month, day] = match;
  if (month === undefined) return `${year}年`;
  return `${year}年${Number(month)}月${day === undefined ? '' : `${Number(day)}日`}`;
}

/** A `<time>` as exact as the date is known, or `日期不详`. */
export function dateHtml(date: string | null): SafeHtml {
  if (date === null) return html`<span class="date">日期不详</span>`;
  if (!DATE.test(date)) return html`<span class="date">${text(date)}</span>`;
  return html`<time class="date" datetime="${text(date)}">${text(chineseDate(date))}</time>`;
}
