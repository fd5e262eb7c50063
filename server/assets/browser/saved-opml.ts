import { phrase, announce, button, element, saveFile } from './dom.ts';
import { orNull } from './answers.ts';
import { saveOnServer } from './saved-api.ts';
import { keepSearch, ownedSearches } from './stored-lists.ts';

/** Buttons that write the list as OPML for a feed reader and read it back, in this browser or another. */
export function addOpmlTools(place: Element, onChange: () => void): void {
  const give = button(phrase('导出 OPML'), saveOpml, { disabled: ownedSearches().length === 0 });
  const accept = '.opml,.xml,text/x-opml,text/xml,application/xml';
  const file = element('input', { type: 'file', accept });
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? [];
    if (chosen !== undefined) void takeOpml(chosen).then(onChange);
  });
  const take = element('label', {}, `${phrase('导入 OPML')} `, file);
  place.append(element('p', { className: 'tools' }, give, take));
}

function saveOpml(): void {
  const opml = document.implementation.createDocument(null, 'opml');
  const root = opml.documentElement;
  root.setAttribute('version', '2.0');
  const title = opml.createElement('title');
  title.textContent = phrase('已存检索');
  const head = opml.createElement('head');
  head.append(title);
  const body = opml.createElement('body');
  for (const { name, link, query } of ownedSearches()) {
    const outline = opml.createElement('outline');
    const attributes = {
      type: 'rss',
      text: name,
      title: name,
      xmlUrl: `${link}/feed.atom`,
      htmlUrl: new URL(`/search?${query}`, location.href).href,
    };
    for (const [key, value] of Object.entries(attributes)) outline.setAttribute(key, value);
    body.append(outline);
  }
  root.append(head, body);
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(opml)}`;
  saveFile(new Blob([text], { type: 'text/x-opml' }), 'saved-searches.opml');
}

/** Saves the searches of the file anew, for tokens do not travel; those that are here already stay as they are. */
async function takeOpml(file: File): Promise<void> {
  const opml = new DOMParser().parseFromString(await file.text(), 'application/xml');
  const outlines = [...opml.querySelectorAll('outline[htmlUrl]')];
  if (opml.querySelector('parsererror') !== null || outlines.length === 0)
    return announceAndShow(phrase('这不是从“导出 OPML”得到的文件，没有导入'));
  let taken = 0;
  let refused = 0;
  for (const outline of outlines) {
    const name = outline.getAttribute('text') ?? '';
    const query = queryOf(outline.getAttribute('htmlUrl') ?? '');
    const isHere = ownedSearches().some((own) => own.name === name && own.query === query);
    if (isHere) continue;
    const saved = query === null ? null : await orNull(saveOnServer(name, query));
    if (saved !== null && keepSearch(saved)) taken += 1;
    else refused += 1;
  }
  announceAndShow(
    refused === 0
      ? phrase('导入了 {1} 个检索', taken)
      : phrase('导入了 {1} 个检索，另有 {2} 个无法导入', taken, refused),
  );
}

function queryOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { pathname, search } = new URL(address);
  return pathname.endsWith('/search') ? search.slice(1) : null;
}

function announceAndShow(sentence: string): void {
  announce(sentence);
  document.querySelector('#opml-said')?.remove();
  const said = element('p', { id: 'opml-said', className: 'notice' }, sentence);
  document.querySelector('#saved-list')?.before(said);
}
