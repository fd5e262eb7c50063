import { hiddenFields } from './page-parts.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import { LANGUAGES, LANGUAGE_NAMES, type Language } from '../languages/language.ts';
import { SITE_NAME } from '../html/labels.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';
import { EMPTY_REQUEST, isTooLongForLinks, requestFields } from '../html/search-links.ts';

/** What stands around every page: the versioned assets, and the language with the way to the others. */
export interface PageShell {
  readonly styleHref: string;
  readonly scriptHref: string;
  readonly iconHref: string;
  readonly language: Language;
  /** Path and query of the page. */
  readonly address: string;
  /** What everybody must know now, in one sentence. */
  readonly notice: string | null;
}

export interface LayoutView {
  /** Before the site's name in the window title; null on the start page. */
  readonly title: string | null;
  /** Tells the browser code which enhancements the page wants. */
  readonly page:
    | ('start' | 'starting' | 'search' | 'article' | 'parks' | 'park')
    | ('compare' | 'saved' | 'error' | 'help' | 'admin');
  /** The search that the box in the header shows and refines; without one: an empty box. */
  readonly request?: SearchRequest | null | undefined;
  readonly main: SafeHtml;
}

const NAVIGATION = [
  { href: '/parks', label: '园区', pages: ['parks', 'park', 'compare'] },
  { href: '/saved', label: '已存检索', pages: ['saved'] },
  { href: '/help', label: '帮助', pages: ['help'] },
] as const;

/** A whole HTML document; nothing in it needs scripts, and none is inline. */
export function layout(shell: PageShell, view: LayoutView): SafeHtml {
  const title = view.title === null ? SITE_NAME : `${view.title} · ${SITE_NAME}`;
  return html`<!doctype html>
    <html lang="${text(shell.language)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${text(title)}</title>
        <link rel="icon" type="image/svg+xml" href="${text(shell.iconHref)}" />
        <link rel="stylesheet" href="${text(shell.styleHref)}" />
        <script type="module" src="${text(shell.scriptHref)}"></script>
      </head>
      <body data-page="${text(view.page)}">
        <a class="skip" href="#main">跳到正文</a>
        <header class="site">
          <a class="brand" href="/">${text(SITE_NAME)}</a>
          ${searchForm(view.request ?? EMPTY_REQUEST)}
          <nav aria-label="主导航">
            <ul>
              ${navigation(view.page)}
            </ul>
          </nav>
        </header>
        ${shell.notice !== null && html`<p class="notice" role="status">${text(shell.notice)}</p>`}
        <main id="main" tabindex="-1">${view.main}</main>
        <footer class="site">
          <p>
            ${text(SITE_NAME)} · <a href="/help">检索帮助</a> ·
            <a href="/api/openapi.json">开放接口</a>
          </p>
          ${languageLinks(shell)}
        </footer>
        <div id="announce" class="unseen" role="status"></div>
      </body>
    </html> `;
}

/** The same page in each language; a long address stands there once, in a form. */
function languageLinks({ language, address }: PageShell): SafeHtml {
  if (isTooLongForLinks(address)) return languageButtons(address);
  const items = LANGUAGES.map((one) => {
    const here = one === language && html` aria-current="true"`;
    return html`<li>
      <a
        href="${text(addressIn(address, one))}"
        hreflang="${text(one)}"
        lang="${text(one)}"
        translate="no"
        ${here}
        >${text(LANGUAGE_NAMES[one])}</a
      >
    </li>`;
  });
  return html`<nav aria-label="界面语言">
    <ul id="languages">
      ${items}
    </ul>
  </nav>`;
}

function languageButtons(address: string): SafeHtml {
  const [path = '', query = ''] = address.split('?', 2);
  const fields = [...new URLSearchParams(query)].filter(([name]) => name !== 'lang');
  const buttons = LANGUAGES.map(
    (one) =>
      html`<li>
        <button class="link" name="lang" value="${text(one)}" lang="${text(one)}" translate="no">
          ${text(LANGUAGE_NAMES[one])}
        </button>
      </li>`,
  );
  return html`<nav aria-label="界面语言">
    <form action="${text(path)}" method="get">
      ${hiddenFields(fields)}
      <ul id="languages">
        ${buttons}
      </ul>
    </form>
  </nav>`;
}

function addressIn(address: string, language: Language): string {
  const [path = '', query = ''] = address.split('?', 2);
  const fields = new URLSearchParams(query);
  fields.set('lang', language);
  return `${path}?${fields.toString()}`;
}

function searchForm(request: SearchRequest): SafeHtml {
  const kept = requestFields({ ...request, q: '', page: 1 });
  return html`<form class="searchbox" role="search" action="/search" method="get">
    <label class="unseen" for="q">检索词</label>
    <div class="combo">
      <input
        id="q"
        type="text"
        name="q"
        value="${text(request.q)}"
        placeholder="园区、企业、事件…"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        enterkeyhint="search"
      />
    </div>
    <span id="kept">${hiddenFields(kept)}</span>
    <button type="submit">检索</button>
  </form>`;
}

function navigation(page: LayoutView['page']): readonly SafeHtml[] {
  return NAVIGATION.map(({ href, label, pages }) => {
    const here = (pages as readonly string[]).includes(page) && html` aria-current="page"`;
    return html`<li><a href="${text(href)}" ${here}>${text(label)}</a></li>`;
  });
}
