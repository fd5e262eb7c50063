import type { Suggestion } from '../../api/park-schema.ts';
import { isRecord } from './answers.ts';
import { element, phrase } from './dom.ts';

export type BoxSuggestion = Pick<Suggestion, 'text' | 'label' | 'count'> & {
  readonly type: Suggestion['type'] | 'recent';
};

/**
 * Suggestions for what is typed.
 * None when the server has no answer; rejects with `AbortError` when a later request took its place.
 */
export async function fetchSuggestions(
  typed: string,
  signal: AbortSignal,
): Promise<BoxSuggestion[]> {
  const address = `/api/suggest?${new URLSearchParams({ q: typed }).toString()}`;
  const response = await fetch(address, { signal, headers: { accept: 'application/json' } });
  if (!response.ok) return [];
  const body: unknown = await response.json();
  if (!isRecord(body) || !Array.isArray(body['suggestions'])) return [];
  return body['suggestions'].filter(isSuggestion);
}

function isSuggestion(value: unknown): value is BoxSuggestion {
  return (
    isRecord(value) &&
    typeof value['text'] === 'string' &&
    typeof value['label'] === 'string' &&
    (value['type'] === 'park' || value['type'] === 'word' || value['type'] === 'title') &&
    (value['count'] === undefined || typeof value['count'] === 'number')
  );
}

const TYPE_LABELS: Readonly<Record<BoxSuggestion['type'], string>> = {
  park: '园区',
  word: '词语',
  title: '标题',
  recent: '最近',
};

/** The listbox under the search box, after the ARIA combobox pattern: focus stays in the box. */
export function createSuggestionList(
  input: HTMLInputElement,
  onPick: (suggestion: BoxSuggestion) => void,
) {
  const list = element('ul', {
    id: 'suggestions',
    role: 'listbox',
    ariaLabel: phrase('联想'),
    hidden: true,
  });
  input.after(list);
  input.role = 'combobox';
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  input.ariaExpanded = 'false';

  let shown: readonly BoxSuggestion[] = [];
  let at = -1;

  const choose = (index: number): void => {
    at = index;
    [...list.children].forEach((option, place) => {
      option.ariaSelected = String(place === at);
    });
    const option = list.children[at];
    if (option === undefined) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', option.id);
    option?.scrollIntoView({ block: 'nearest' });
  };

  const show = (suggestions: readonly BoxSuggestion[]): void => {
    shown = suggestions;
    list.replaceChildren(...suggestions.map(optionElement));
    list.hidden = shown.length === 0;
    input.ariaExpanded = String(!list.hidden);
    choose(-1);
  };

  // Before the box loses the focus, which would hide the list under the pointer.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = event.target instanceof Element ? event.target.closest('li') : null;
    const picked = shown[[...list.children].indexOf(option!)];
    if (picked !== undefined) onPick(picked);
  });

  return {
    show,
    hide: () => show([]),
    isOpen: () => !list.hidden,
    /** Moves the choice; past either end no suggestion is chosen. */
    move: (step: 1 | -1) => choose(((at + 1 + step + shown.length + 1) % (shown.length + 1)) - 1),
    chosen: () => shown[at] ?? null,
  };
}

function optionElement(suggestion: BoxSuggestion, index: number): HTMLLIElement {
  return element(
    'li',
    { id: `suggestion-${index}`, role: 'option', ariaSelected: 'false' },
    element('small', {}, phrase(TYPE_LABELS[suggestion.type])),
    ' ',
    element('bdi', {}, suggestion.text),
    ' ',
    element('span', {}, noteOn(suggestion)),
  );
}

/** What stands beside the text: the server's remark, then in how many articles. */
function noteOn({ type, label, count }: BoxSuggestion): string {
  // A story that was printed once needs no count.
  const isTelling = count !== undefined && (type !== 'title' || count > 1);
  return [label, ...(isTelling ? [phrase('{1} 篇', count)] : [])]
    .filter((one) => one !== '')
    .join(' · ');
}
