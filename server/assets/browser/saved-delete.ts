import { announce } from './announce.ts';
import { isExpectedFailure } from './request-failure.ts';
import { deleteOnServer, forgetSearch } from './saved-store.ts';
import type { OwnedSearch } from './saved-store.ts';

const UNDO_MS = 8000;

interface Deletion {
  readonly search: OwnedSearch;
  /** The search's place in the list. */
  readonly item: HTMLLIElement;
  /** Draws the search again as it was. */
  readonly restore: () => void;
}

/** Deletes the search after a while in which it can be undone; leaving the page ends the while. */
export function deleteSearch(deletion: Deletion): void {
  const { search, item, restore } = deletion;
  const pending = new AbortController();
  const settle = (): void => {
    pending.abort();
    clearTimeout(timer);
  };
  const timer = setTimeout(() => {
    settle();
    void finish(deletion);
  }, UNDO_MS);
  const leave = (): void => {
    settle();
    // The answer will come to a page that is gone.
    forgetSearch(search.id);
    void refusalToDelete(search);
  };
  addEventListener('pagehide', leave, { signal: pending.signal });

  const undo = document.createElement('button');
  undo.type = 'button';
  undo.textContent = '撤销';
  undo.addEventListener('click', () => {
    settle();
    restore();
    announce('没有删除');
  });
  const said = document.createElement('span');
  said.textContent = `已删除“${search.name}”`;
  item.replaceChildren(said, undo);
  undo.focus();
  announce(`${said.textContent}，可以撤销`);
}

async function finish({ search, item, restore }: Deletion): Promise<void> {
  const refusal = await refusalToDelete(search);
  if (refusal === null) {
    forgetSearch(search.id);
    item.remove();
  } else {
    restore();
    announce(refusal);
  }
}

async function refusalToDelete(search: OwnedSearch): Promise<string | null> {
  try {
    return (await deleteOnServer(search)) ? null : '服务器没有接受删除，请稍后再试';
  } catch (error) {
    if (isExpectedFailure(error)) return '网络不通，没有删除';
    throw error;
  }
}
