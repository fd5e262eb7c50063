import { phrase } from './phrase.ts';
import type { BoxSuggestion } from './suggest-client.ts';

const TYPE_LABELS: Readonly<Record<BoxSuggestion['type'], string>> = {
  park: '园区',
  word: '词语',
  title: '标题',
  recent: '最近',
};

export interface SuggestionList {
  readonly show: (suggestions: readonly BoxSuggestion[]) => void;
  readonly hide: () => void;
  readonly isOpen: () => boolean;
  /** Moves the choice; past either end no suggestion is chosen. */
  readonly move: (step: 1 | -1) => void;
  readonly chosen: () => BoxSuggestion | null;
}

/** The listbox under the search box, after the ARIA combobox pattern: focus stays in the box. */
export function createSuggestionList(
  input: HTMLInputElement,
  onPick: (suggestion: BoxSuggestion) => void,
): SuggestionList {
  const list = document.createElement('ul');
  list.id = 'suggestions';
  list.role = 'listbox';
  list.ariaLabel = phrase('联想');
  list.hidden = true;
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
    move: (step) => choose(((at + 1 + step + shown.length + 1) % (shown.length + 1)) - 1),
    chosen: () => shown[at] ?? null,
  };
}

function optionElement(suggestion: BoxSuggestion, index: number): HTMLLIElement {
  const option = document.createElement('li');
  option.id = `suggestion-${index}`;
  option.role = 'option';
  option.ariaSelected = 'false';
  const kind = document.createElement('small');
  kind.textContent = phrase(TYPE_LABELS[suggestion.type]);
  const text = document.createElement('bdi');
  text.textContent = suggestion.text;
  const note = document.createElement('span');
  note.textContent = noteOn(suggestion);
  option.append(kind, ' ', text, ' ', note);
  return option;
}

/** What stands beside the text: the server's remark, then in how many articles. */
function noteOn({ type, label, count }: BoxSuggestion): string {
  // A story that was printed once needs no count.
  const isTelling = count !== undefined && (type !== 'title' || count > 1);
  return [label, ...(isTelling ? [phrase('{1} 篇', count)] : [])]
    .filter((one) => one !== '')
    .join(' · ');
}
