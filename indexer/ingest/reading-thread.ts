import { parentPort } from 'node:worker_threads';
import type { Finding } from '../core/finding.ts';
import { restoreSource, type OpenedSource } from '../readers/open-source.ts';
import type { Page } from '../readers/page.ts';
import { readSource } from '../readers/readers.ts';
import { createSidecarLookup } from '../readers/sidecar.ts';

/** `more`: of the file that was given last. */
export type ReadingRequest = OpenedSource | 'more';

export type ReadingAnswer =
  | { readonly type: 'ready' }
  | { readonly type: 'progress' }
  | {
      readonly type: 'items';
      readonly items: readonly (Page | Finding)[];
      /** Whether the file has been read to its end. */
      readonly isDone: boolean;
      /** Why nothing more can be read; a program's words. */
      readonly failure: string | null;
    };

/** Worth a message to another thread, little to hold in memory. */
const ITEMS_AT_ONCE = 32;
const CHARACTERS_AT_ONCE = 50_000;
/** Often enough for whoever waits, and no message a page. */
const PROGRESS_EVERY_MS = 500;

const port = parentPort!;
const sidecars = createSidecarLookup();
let open: AsyncIterator<Page | Finding> | null = null;
let toldAt = 0;

port.on('message', (request: ReadingRequest) => {
  if (request !== 'more') {
    void open?.return?.();
    const source = restoreSource(request, tellProgress);
    open = readSource(source, sidecars);
  }
  void readOn(open!).then(answer);
});
answer({ type: 'ready' });

function tellProgress(): void {
  if (performance.now() - toldAt < PROGRESS_EVERY_MS) return;
  toldAt = performance.now();
  answer({ type: 'progress' });
}

function answer(message: ReadingAnswer): void {
  port.postMessage(message);
}

async function readOn(source: AsyncIterator<Page | Finding>): Promise<ReadingAnswer> {
  const items: (Page | Finding)[] = [];
  const read = (isDone: boolean, failure: string | null): ReadingAnswer => ({
    type: 'items',
    items,
    isDone,
    failure,
  });
  let characters = 0;
  try {
    while (items.length < ITEMS_AT_ONCE && characters < CHARACTERS_AT_ONCE) {
      const next = await source.next();
      if (next.done === true) return read(true, null);
      items.push(next.value);
      if (next.value.type === 'page') {
        characters += next.value.text.length;
        tellProgress();
      }
    }
    return read(false, null);
  } catch (error) {
    return read(true, error instanceof Error ? error.message : String(error));
  }
}
