import { html, text, type SafeHtml } from '../html/safe-html.ts';

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

/** Marks of the sentence stand alone, so that the phrasebook needs no phrase twice. */
const WORDS = /[，；]|[^，；]+/g;

/**
 * How a date was known: `年份取自“2022年”；只能取到月`. What stands in quotation marks is content and stays
 * as it was printed; the rest is the interface's own words, each phrase in an element of its own.
 */
export function dateEvidenceHtml(evidence: string): SafeHtml {
  const pieces = splitQuotes(evidence).flatMap(({ words, isQuote }) =>
    isQuote
      ? [html`<bdi>${text(words)}</bdi>`]
      : (words.match(WORDS) ?? []).map((phrase) => html`<span>${text(phrase)}</span>`),
  );
  return html`${pieces}`;
}

interface Part {
  readonly words: string;
  readonly isQuote: boolean;
}

/** What is quoted may hold quotation marks itself; one that has no other half makes all of it a quote. */
function splitQuotes(evidence: string): Part[] {
  const parts: Part[] = [];
  let depth = 0;
  let start = 0;
  const end = (at: number, isQuote: boolean) => {
    if (at > start) parts.push({ words: evidence.slice(start, at), isQuote });
    start = at;
  };
  for (let at = 0; at < evidence.length; at++) {
    if (evidence[at] === '“') {
      if (depth === 0) end(at, false);
      depth += 1;
    } else if (evidence[at] === '”') {
      depth -= 1;
      if (depth < 0) break;
      if (depth === 0) end(at + 1, true);
    }
  }
  if (depth !== 0) return [{ words: evidence, isQuote: true }];
  end(evidence.length, false);
  return parts;
}
