import { phrase } from './phrase.ts';
import { announce } from './announce.ts';
import { orNull } from './request-failure.ts';
import { deleteOnServer, restoreOnServer } from './saved-api.ts';
import type { OwnedSearch } from './saved-store.ts';
import { forgetSearch, keepSearch } from './saved-store.ts';

interface Deletion {
  readonly search: OwnedSearch;
  /** The search's place in the list. */
  readonly item: HTMLLIElement;
  /** Draws the search again as it was. */
  readonly restore: () => void;
}

/** Deletes the search at once, and leaves a way back in its place until the page is left. */
export async function deleteSearch({ search, item, restore }: Deletion): Promise<void> {
  if ((await orNull(deleteOnServer(search))) !== true) {
    announce(phrase('没有删除，请稍后再试'));
    return;
  }
  forgetSearch(search.id);
  const said = document.createElement('span');
  said.textContent = phrase('已删除“{1}”', search.name);
  const undo = document.createElement('button');
  undo.type = 'button';
  undo.textContent = phrase('撤销');
  undo.addEventListener('click', () => {
    void orNull(restoreOnServer(search)).then((isBack) => {
      if (isBack !== true) return announce(phrase('没有恢复，请稍后再试'));
      keepSearch(search);
      restore();
      announce(phrase('已恢复'));
    });
  });
  item.replaceChildren(said, undo);
  undo.focus();
  announce(phrase('已删除“{1}”，可以撤销', search.name));
}
