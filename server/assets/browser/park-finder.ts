import { isRecord, isExpectedFailure } from './answers.ts';

const PAUSE_MS = 120;

/**
 * The field that finds a park among the facet's values: the server knows names, pinyin and initials
 * and tells which parks fit; the others are hidden. An empty field shows all again.
 */
export function startParkFinder(): void {
  for (const label of document.querySelectorAll<HTMLLabelElement>('.park-finder')) {
    label.hidden = false;
    const input = label.querySelector('input');
    const facet = label.closest('.facet');
    if (input !== null && facet !== null) listen(input, facet);
  }
}

function listen(input: HTMLInputElement, facet: Element): void {
  let request = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const find = async (): Promise<void> => {
    request.abort();
    request = new AbortController();
    const typed = input.value.trim();
    try {
      show(facet, typed === '' ? null : await parksFor(typed, request.signal));
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
    }
  };
  input.addEventListener('input', (event) => {
    clearTimeout(timer);
    if (event instanceof InputEvent && event.isComposing) return;
    timer = setTimeout(() => void find(), PAUSE_MS);
  });
  input.addEventListener('compositionend', () => void find());
}

/** Null shows every park. */
function show(facet: Element, found: ReadonlySet<string> | null): void {
  const all = facet.querySelector<HTMLDetailsElement>('details.more');
  if (all !== null) all.open = found !== null;
  for (const item of facet.querySelectorAll<HTMLElement>('[data-park]'))
    item.hidden = found !== null && !found.has(item.dataset['park'] ?? '');
  for (const province of facet.querySelectorAll<HTMLElement>('.province'))
    province.hidden = province.querySelector('[data-park]:not([hidden])') === null;
}

async function parksFor(typed: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const response = await fetch(`/api/parks?q=${encodeURIComponent(typed)}`, { signal });
  const answer: unknown = await response.json();
  const parks: unknown = isRecord(answer) ? answer['parks'] : null;
  if (!response.ok || !Array.isArray(parks)) throw new TypeError('not a list of parks');
  return new Set(
    (parks as unknown[]).flatMap((park) =>
      isRecord(park) && typeof park['id'] === 'string' ? [park['id']] : [],
    ),
  );
}
