import { announce } from './dom.ts';
import { rememberSearch } from './stored-lists.ts';
import { isExpectedFailure } from './answers.ts';

interface LivePage {
  readonly form: HTMLFormElement;
  readonly input: HTMLInputElement;
  readonly main: HTMLElement;
  readonly afterSwap: () => void;
}

const PAUSE_MS = 150;
const LIVE_PAGES = ['start', 'search'];

/**
 * Results as one types, on the start and search pages.
 * All that is typed up to Enter is one step in the browser's history: the first change adds it,
 * the later ones replace it. So Back leads to the search before, never to half a word.
 */
export function startLiveResults({ form, input, main, afterSwap }: LivePage): {
  typed: () => void;
} {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let request = new AbortController();
  let typing = false;
  let shown = here();

  const isLive = (): boolean => LIVE_PAGES.includes(document.body.dataset['page'] ?? '');
  const supersede = (): AbortSignal => {
    clearTimeout(timer);
    request.abort();
    request = new AbortController();
    return request.signal;
  };

  const load = async (address: string, signal: AbortSignal): Promise<Document> => {
    const response = await fetch(address, { signal, headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (page.querySelector('#main') === null) throw new TypeError('not one of our pages');
    return page;
  };

  const swap = (page: Document): void => {
    main.replaceChildren(...page.querySelector('#main')!.childNodes);
    for (const place of ['#kept', '#languages']) {
      const changed = page.querySelector(place);
      if (changed !== null) document.querySelector(place)?.replaceChildren(...changed.childNodes);
    }
    document.title = page.title;
    document.body.dataset['page'] = page.body.dataset['page'] ?? '';
    afterSwap();
    announce(document.querySelector('#summary .count')?.textContent ?? '');
  };

  /** Shows the address; where that fails and `must` is set, the browser itself goes there. */
  const show = async (address: string, must: boolean, record: () => void): Promise<void> => {
    const signal = supersede();
    try {
      const page = await load(address, signal);
      if (signal.aborted) return;
      swap(page);
      shown = address;
      record();
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      if (must && !signal.aborted) location.assign(address);
    }
  };

  const record = (address: string) => (): void => {
    if (address === here()) return;
    if (typing) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    typing = true;
  };

  form.addEventListener('submit', (event) => {
    if (!isLive()) return;
    event.preventDefault();
    const address = formAddress(form);
    void show(address, true, () => {
      record(address)();
      typing = false;
    });
  });

  window.addEventListener('popstate', () => {
    typing = false;
    const address = here();
    // A jump to a heading on the same page is a step in the history too.
    if (address === shown) return;
    void show(address, true, () => {
      input.value = new URLSearchParams(location.search).get('q') ?? '';
    });
  });

  main.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('.hit a') : null;
    if (link !== null && isLive()) rememberSearch(input.value);
  });

  return {
    typed: () => {
      if (!isLive()) return;
      supersede();
      const address = formAddress(form);
      timer = setTimeout(() => void show(address, false, record(address)), PAUSE_MS);
    },
  };
}

function here(): string {
  return location.pathname + location.search;
}

/** Where the form would lead; the start page when it is empty. */
function formAddress(form: HTMLFormElement): string {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string' && value.trim() !== '') fields.append(name, value);
  const query = fields.toString();
  return query === '' ? '/' : `/search?${query}`;
}
