import { orNull } from './answers.ts';
import { announce, button, element, phrase } from './dom.ts';
import { readNews, renameOnServer, deleteOnServer, restoreOnServer } from './saved-api.ts';
import { addOpmlTools } from './saved-opml.ts';
import {
  forgetSearch,
  isOwnedSearch,
  keepSearch,
  markSeen,
  ownedSearches,
  type OwnedSearch,
} from './stored-lists.ts';

/** On the page that tells the token: keeps it in this browser. */
export function keepCreatedSearch(): void {
  const created = document.querySelector<HTMLElement>('#created');
  if (created === null) return;
  const search: unknown = Object.fromEntries(Object.entries(created.dataset));
  if (isOwnedSearch(search) && keepSearch(search)) announce(phrase('口令已保存在这个浏览器里'));
}

/** Draws the list of searches that this browser owns. */
export function showSavedSearches(): void {
  const place = document.querySelector('#saved-list');
  if (place === null) return;
  const searches = ownedSearches();
  const items = searches.map((search) => {
    const item = element('li');
    drawSearch(item, search);
    return item;
  });
  place.replaceChildren(
    items.length === 0
      ? element('p', { className: 'notice' }, phrase('这个浏览器还没有保存过检索。'))
      : element('ul', { className: 'saved' }, ...items),
  );
  addOpmlTools(place, showSavedSearches);
}

/** On a result page: whoever opened a search of their own, by whatever link, has looked at its news. */
export async function noteLookedAt(): Promise<void> {
  const query = location.search.slice(1);
  const looked = ownedSearches().filter((search) => search.query === query);
  for (const search of looked) {
    const news = await orNull(readNews(search));
    if (news !== null) markSeen(search.id, news.arrived);
  }
}

/** Draws one saved search with what can be done to it. */
function drawSearch(item: HTMLLIElement, search: OwnedSearch): void {
  const href = `/s/${encodeURIComponent(search.id)}`;
  const name = element('a', { href, dir: 'auto' }, search.name);
  const tool = (label: string, described: string, act: () => void) =>
    button(phrase(label), act, { ariaLabel: phrase(described, search.name) });
  const tools = element(
    'span',
    { className: 'tools' },
    element('a', { href: `${href}/feed.atom` }, 'Atom'),
    element('a', { href: `${href}/feed.json` }, 'JSON'),
    tool('推送', '推送：{1}', () => openWebhook(search)),
    tool('改名', '改名：{1}', () => drawRenameForm(item, search)),
    tool('删除', '删除：{1}', () => void deleteSearch(item, search)),
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
  name.after(element('span', { className: 'news' }, phrase('{1} 篇新增', news.count)));
}

/** A form in the search's place. */
function drawRenameForm(item: HTMLLIElement, search: OwnedSearch): void {
  const field = element('input', {
    value: search.name,
    required: true,
    maxLength: 100,
    ariaLabel: phrase('新名称'),
  });
  const cancel = button(phrase('取消'), () => drawSearch(item, search), {
    ariaLabel: phrase('取消：{1}', phrase('改名')),
  });
  const form = element('form', {}, field, element('button', {}, phrase('改名')), cancel);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void rename(item, search, field.value.trim()).then((problem) => {
      if (problem === null) return;
      field.setCustomValidity(problem);
      field.reportValidity();
      field.addEventListener('input', () => field.setCustomValidity(''), { once: true });
    });
  });
  item.replaceChildren(form);
  field.select();
}

/** What is wrong, or null when all is done. */
async function rename(
  item: HTMLLIElement,
  search: OwnedSearch,
  name: string,
): Promise<string | null> {
  if (name === '') return phrase('请填写名称');
  if ((await orNull(renameOnServer(search, name))) !== true)
    return phrase('改名没有成功：服务器没有接受，请稍后再试');
  const renamed = { ...search, name };
  keepSearch(renamed);
  drawSearch(item, renamed);
  announce(phrase('已改名为 {1}', name));
  return null;
}

/** Goes to the page of the search's webhook, with the token in the body and in no address. */
function openWebhook({ id, token }: OwnedSearch): void {
  const field = element('input', { type: 'hidden', name: 'token', value: token });
  const action = `/s/${encodeURIComponent(id)}/webhook`;
  const form = element('form', { method: 'post', action }, field);
  document.body.append(form);
  form.submit();
}

/** Deletes the search at once, and leaves a way back in its place until the page is left. */
async function deleteSearch(item: HTMLLIElement, search: OwnedSearch): Promise<void> {
  if ((await orNull(deleteOnServer(search))) !== true) {
    announce(phrase('没有删除，请稍后再试'));
    return;
  }
  forgetSearch(search.id);
  const undo = button(phrase('撤销'), () => {
    void orNull(restoreOnServer(search)).then((isBack) => {
      if (isBack !== true) return announce(phrase('没有恢复，请稍后再试'));
      keepSearch(search);
      drawSearch(item, search);
      announce(phrase('已恢复'));
    });
  });
  item.replaceChildren(element('span', {}, phrase('已删除“{1}”', search.name)), undo);
  undo.focus();
  announce(phrase('已删除“{1}”，可以撤销', search.name));
}
