import { html, text, type SafeHtml } from '../html/safe-html.ts';
/** What a citation can be made of; dates are `YYYY[-MM[-DD]]`. */
export interface CitedArticle {
  readonly id: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly source: string | null;
  /** 版面 as printed: `第04版 创新`. */
  readonly section: string | null;
  readonly date: string | null;
  /** Where the article can be read: the original's address, else ours; null offline. */
  readonly url: string | null;
  /** The day on which it was read. */
  readonly accessed: string;
}

/**
 * One reference after GB/T 7714—2015. In a newspaper, 4.4: `责任者.题名[N].报纸名,年-月-日(版次).`, with an
 * address `[N/OL]` and the day of reading before it. Without a source an electronic document, 4.6:
 * `责任者.题名[EB/OL].(更新日期)[引用日期].网址.`
 */
export function formatGbt7714(article: CitedArticle): string {
  const authors = listAuthors(article.authors);
  const title = oneLine(article.title);
  const online = article.url !== null;
  const medium = `${article.source === null ? 'EB' : 'N'}${online ? '/OL' : ''}`;
  const page = pageNumber(article.section);
  const edition = page === null ? '' : `(${page})`;
  // What the citing person supplies stands in square brackets.
  const published = `${article.date ?? '[日期不详]'}${edition}`;
  const where =
    article.source === null ? webDate(article.date) : `${oneLine(article.source)},${published}`;
  const address = online ? `[${article.accessed}].${encodeSpaces(article.url)}` : '';
  return `${authors}${title}[${medium}].${where}${address}.`;
}

/** The article as a BibTeX entry; LaTeX's special characters are escaped, braces always balance. */
export function formatBibtex(article: CitedArticle): string {
  const [year, month, day] = (article.date ?? '').split('-');
  const page = pageNumber(article.section);
  const fields: [string, string | null | undefined][] = [
    ['author', article.authors.map((author) => `{${latex(author)}}`).join(' and ')],
    ['title', `{${latex(article.title)}}`],
    ['journal', article.source === null ? null : latex(article.source)],
    ['year', year],
    ['month', month === undefined ? null : String(Number(month))],
    ['day', day === undefined ? null : String(Number(day))],
    ['pages', page],
    ['url', article.url === null ? null : encodeSpaces(article.url)],
    ['urldate', article.url === null ? null : article.accessed],
    // The styles for GB/T 7714 would take an article for one in a journal, [J].
    ['mark', article.source === null ? null : 'N'],
    ['langid', 'chinese'],
  ];
  const lines = fields
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `  ${name} = {${value ?? ''}},`);
  const type = article.source === null ? 'misc' : 'article';
  return `@${type}{${citeKey(article.id)},\n${lines.join('\n')}\n}`;
}

/** An electronic document of unknown date has none in its reference. */
function webDate(date: string | null): string {
  return date === null ? '' : `(${date})`;
}

/** GB/T 7714—2015, 8.1.2: three authors at most, then 等. */
function listAuthors(authors: readonly string[]): string {
  if (authors.length === 0) return '';
  const named = authors.slice(0, 3).map(oneLine).join(',');
  return `${named}${authors.length > 3 ? ',等' : ''}.`;
}

/** `第04版 创新`, `A04版` → `04`, `A04`. */
function pageNumber(section: string | null): string | null {
  return /([A-Z]?\d{1,3})\s?版/.exec(section ?? '')?.[1] ?? null;
}

function oneLine(value: string): string {
  return value.replace(/\s+/gu, ' ').trim();
}

/** An address must not end a BibTeX field or a line. */
function encodeSpaces(url: string): string {
  return url.replace(/[\s{}\\]/gu, encodeURIComponent);
}

const LATEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

function latex(value: string): string {
  return oneLine(value).replace(
    /[\\{}~^&%$#_]/g,
    (character) => LATEX[character] ?? `\\${character}`,
  );
}

function citeKey(id: string): string {
  const bare = id.replace(/[^A-Za-z0-9-]/g, '');
  return bare === '' ? 'article' : bare;
}

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
