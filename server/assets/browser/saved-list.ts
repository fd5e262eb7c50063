import { announce } from './announce.ts';
import { isExpectedFailure } from './request-failure.ts';
import { deleteSearch } from './saved-delete.ts';
import { isOwnedSearch, keepSearch, ownedSearches, renameOnServer } from './saved-store.ts';
import type { OwnedSearch } from './saved-store.ts';

/** On the page that tells the token: keeps it in this browser. */
export function keepCreatedSearch(): void {
  const created = document.querySelector<HTMLElement>('#created');
  if (created === null) return;
  const search: unknown = Object.fromEntries(Object.entries(created.dataset));
  if (isOwnedSearch(search) && keepSearch(search)) announce('口令已保存在这个浏览器里');
}

/** Draws the list of searches that this browser owns. */
export function showSavedSearches(): void {
  const place = document.querySelector('#saved-list');
  if (place === null) return;
  const searches = ownedSearches();
  if (searches.length === 0) {
    const none = document.createElement('p');
    none.className = 'notice';
    none.textContent = '这个浏览器还没有保存过检索。';
    place.replaceChildren(none);
    return;
  }
  const list = document.createElement('ul');
  list.className = 'saved';
  list.append(...searches.map(searchItem));
  place.replaceChildren(list);
}

function searchItem(search: OwnedSearch): HTMLLIElement {
  const item = document.createElement('li');
  drawSearch(item, search);
  return item;
}

function drawSearch(item: HTMLLIElement, search: OwnedSearch): void {
  const address = `/s/${encodeURIComponent(search.id)}`;
  const restore = (): void => drawSearch(item, search);
  const name = link(address, search.name);
  name.dir = 'auto';
  const tools = document.createElement('span');
  tools.className = 'tools';
  tools.append(
    link(`${address}/feed.atom`, 'Atom'),
    link(`${address}/feed.json`, 'JSON'),
    button('改名', `改名：${search.name}`, () => drawRenameForm(item, search)),
    button('删除', `删除：${search.name}`, () => deleteSearch({ search, item, restore })),
  );
  item.replaceChildren(name, tools);
}

function drawRenameForm(item: HTMLLIElement, search: OwnedSearch): void {
  const form = document.createElement('form');
  const field = document.createElement('input');
  field.value = search.name;
  field.required = true;
  field.maxLength = 100;
  field.ariaLabel = '新名称';
  const save = document.createElement('button');
  save.textContent = '改名';
  form.append(
    field,
    save,
    button('取消', '取消改名', () => drawSearch(item, search)),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void rename(item, search, field);
  });
  item.replaceChildren(form);
  field.select();
}

async function rename(
  item: HTMLLIElement,
  search: OwnedSearch,
  field: HTMLInputElement,
): Promise<void> {
  const name = field.value.trim();
  if (name === '') return;
  if (await succeeds(renameOnServer(search, name))) {
    const renamed = { ...search, name };
    keepSearch(renamed);
    drawSearch(item, renamed);
    announce(`已改名为 ${name}`);
  } else {
    field.setCustomValidity('改名没有成功：服务器没有接受，请稍后再试');
    field.reportValidity();
    field.addEventListener('input', () => field.setCustomValidity(''), { once: true });
  }
}

async function succeeds(change: Promise<boolean>): Promise<boolean> {
  try {
    return await change;
  } catch (error) {
    if (isExpectedFailure(error)) return false;
    throw error;
  }
}

function link(href: string, label: string): HTMLAnchorElement {
  const anchor = document.createElement('a');
  anchor.href = href;
  anchor.textContent = label;
  return anchor;
}

function button(label: string, name: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = label;
  made.ariaLabel = name;
  made.addEventListener('click', act);
  return made;
}
