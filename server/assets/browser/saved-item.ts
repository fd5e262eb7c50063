import { phrase } from './phrase.ts';
import { announce } from './announce.ts';
import { orNull } from './request-failure.ts';
import { readNews, renameOnServer, deleteOnServer, restoreOnServer } from './saved-api.ts';
import { keepSearch, markSeen, forgetSearch, type OwnedSearch } from './saved-store.ts';

/** Draws one saved search with what can be done to it. */
export function drawSearch(item: HTMLLIElement, search: OwnedSearch): void {
  const address = `/s/${encodeURIComponent(search.id)}`;
  const restore = (): void => drawSearch(item, search);
  const name = link(address, search.name);
  name.dir = 'auto';
  const tools = document.createElement('span');
  tools.className = 'tools';
  tools.append(
    link(`${address}/feed.atom`, 'Atom'),
    link(`${address}/feed.json`, 'JSON'),
    button(phrase('推送'), phrase('推送：{1}', search.name), () => openWebhook(search)),
    button(phrase('改名'), phrase('改名：{1}', search.name), () => drawRenameForm(item, search)),
    button(
      phrase('删除'),
      phrase('删除：{1}', search.name),
      () => void deleteSearch({ search, item, restore }),
    ),
  );
  item.replaceChildren(name, tools);
  void showNews(name, search);
}

/** `3 篇新增`; opening the search is looking at them. */
async function showNews(name: HTMLAnchorElement, search: OwnedSearch): Promise<void> {
  const news = await orNull(readNews(search));
  if (news === null) return;
  name.addEventListener('click', () => markSeen(search.id, news.arrived));
  if (news.count === 0) return;
  const told = document.createElement('span');
  told.className = 'news';
  told.textContent = phrase('{1} 篇新增', news.count);
  name.after(told);
}

function drawRenameForm(item: HTMLLIElement, search: OwnedSearch): void {
  const field = document.createElement('input');
  field.value = search.name;
  field.required = true;
  field.maxLength = 100;
  field.ariaLabel = phrase('新名称');
  drawForm(item, search, field, phrase('改名'), async () => {
    const name = field.value.trim();
    if (name === '') return phrase('请填写名称');
    if ((await orNull(renameOnServer(search, name))) !== true)
      return phrase('改名没有成功：服务器没有接受，请稍后再试');
    const renamed = { ...search, name };
    keepSearch(renamed);
    drawSearch(item, renamed);
    announce(phrase('已改名为 {1}', name));
    return null;
  });
}

/** Goes to the page of the search's webhook, with the token in the body and in no address. */
function openWebhook({ id, token }: OwnedSearch): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = `/s/${encodeURIComponent(id)}/webhook`;
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = 'token';
  field.value = token;
  form.append(field);
  document.body.append(form);
  form.submit();
}

/** A one-field form in the search's place; `act` returns what is wrong, or null when all is done. */
function drawForm(
  item: HTMLLIElement,
  search: OwnedSearch,
  field: HTMLInputElement,
  label: string,
  act: () => Promise<string | null>,
): void {
  const form = document.createElement('form');
  const save = document.createElement('button');
  save.textContent = label;
  form.append(
    field,
    save,
    button(phrase('取消'), phrase('取消：{1}', label), () => drawSearch(item, search)),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void act().then((problem) => {
      if (problem === null) return;
      field.setCustomValidity(problem);
      field.reportValidity();
      field.addEventListener('input', () => field.setCustomValidity(''), { once: true });
    });
  });
  item.replaceChildren(form);
  field.select();
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

interface Deletion {
  readonly search: OwnedSearch;
  /** The search's place in the list. */
  readonly item: HTMLLIElement;
  /** Draws the search again as it was. */
  readonly restore: () => void;
}

/** Deletes the search at once, and leaves a way back in its place until the page is left. */
async function deleteSearch({ search, item, restore }: Deletion): Promise<void> {
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
