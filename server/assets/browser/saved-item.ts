import { phrase } from './phrase.ts';
import { announce } from './announce.ts';
import { orNull } from './request-failure.ts';
import { readNews, readWebhook, renameOnServer, setWebhookOnServer } from './saved-api.ts';
import { deleteSearch } from './saved-delete.ts';
import type { OwnedSearch } from './saved-store.ts';
import { keepSearch, markSeen } from './saved-store.ts';

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
    button(phrase('推送'), phrase('推送：{1}', search.name), () => void editWebhook(item, search)),
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

async function editWebhook(item: HTMLLIElement, search: OwnedSearch): Promise<void> {
  const webhook = await orNull(readWebhook(search));
  const field = document.createElement('input');
  field.type = 'url';
  field.value = webhook?.url ?? '';
  field.placeholder = 'https://…';
  field.ariaLabel = phrase('推送网址，留空则不推送');
  field.title = webhook?.problem ?? phrase('有新文章时以 POST 送 JSON 到这个网址；留空则不推送');
  drawForm(item, search, field, phrase('推送到此'), async () => {
    const url = field.value.trim();
    const answer = await orNull(setWebhookOnServer(search, url));
    if (answer === null) return phrase('网络不通，没有改动');
    if (answer.refusal !== null) return answer.refusal;
    drawSearch(item, search);
    announce(phrase(url === '' ? '不再推送' : '有新文章时会推送'));
    return null;
  });
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
