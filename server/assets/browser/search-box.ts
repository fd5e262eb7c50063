import { isTyping } from './dom.ts';
import { recentSearches, rememberSearch } from './stored-lists.ts';
import { isExpectedFailure } from './answers.ts';
import { fetchSuggestions, createSuggestionList, type BoxSuggestion } from './suggestion-list.ts';

interface SearchBox {
  readonly form: HTMLFormElement;
  readonly input: HTMLInputElement;
  /** Called when the text changes, never while an input method is composing. */
  readonly onText: () => void;
}

const PAUSE_MS = 100;
const SHOWN = 8;
const SAME_KEY_MS = 30;

/** Suggestions while typing, recent searches in the empty box, and `/` to come here from anywhere. */
export function startSearchBox({ form, input, onText }: SearchBox): void {
  let composing = false;
  let composedAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let request = new AbortController();

  const stop = (): void => {
    clearTimeout(timer);
    request.abort();
  };
  const list = createSuggestionList(input, (suggestion) => {
    input.value = queryFor(suggestion);
    form.requestSubmit();
  });
  const close = (): void => {
    stop();
    list.hide();
  };

  const suggest = async (): Promise<void> => {
    request = new AbortController();
    const typed = input.value.trim();
    const { signal } = request;
    try {
      const found = typed === '' ? recentSuggestions() : await fetchSuggestions(typed, signal);
      if (!signal.aborted) list.show(found.slice(0, SHOWN));
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      if (!signal.aborted) list.hide();
    }
  };

  const changed = (): void => {
    if (composing) return;
    stop();
    timer = setTimeout(() => void suggest(), PAUSE_MS);
    onText();
  };

  input.addEventListener('compositionstart', () => {
    composing = true;
    stop();
  });
  input.addEventListener('compositionend', (event) => {
    composing = false;
    composedAt = event.timeStamp;
    changed();
  });
  input.addEventListener('input', changed);
  input.addEventListener('blur', close);
  input.addEventListener('click', () => {
    if (input.value === '' && !composing) void suggest();
  });
  form.addEventListener('submit', () => {
    close();
    rememberSearch(input.value);
  });

  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    // Safari ends the composition just before the Enter that confirmed it.
    if (event.key === 'Enter' && event.timeStamp - composedAt < SAME_KEY_MS) {
      event.preventDefault();
    } else if (event.key === 'Escape' && list.isOpen()) {
      event.preventDefault();
      close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.isOpen()) list.move(event.key === 'ArrowDown' ? 1 : -1);
      else void suggest();
    } else if (event.key === 'Enter') {
      const chosen = list.chosen();
      if (chosen !== null) input.value = queryFor(chosen);
    }
  });

  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || isTyping(event)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

function recentSuggestions(): BoxSuggestion[] {
  return recentSearches().map((query) => ({ type: 'recent', text: query, label: '' }));
}

/** Who picks a title wants this story, whatever signs and dates are in it. */
function queryFor({ type, text }: BoxSuggestion): string {
  return type === 'title' ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
}
