import { SaxesParser } from 'saxes';

interface AtomEntry {
  readonly id: string;
  readonly title: string;
  readonly titleType: string;
  readonly updated: string;
  readonly links: readonly string[];
}

export interface AtomFeed {
  readonly id: string;
  readonly title: string;
  readonly updated: string;
  readonly author: string;
  readonly self: string;
  readonly entries: readonly AtomEntry[];
}

/** Reads an Atom feed with a parser that stops at the first thing that is not XML. */
export function readAtom(xml: string): AtomFeed {
  const path: string[] = [];
  const texts = new Map<string, string>();
  const entries: AtomEntry[] = [];
  let links: string[] = [];
  let titleType = 'text';
  let self = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name);
    const place = path.join('/');
    texts.set(place, '');
    if (place === 'feed/entry') links = [];
    if (place === 'feed/entry/title') titleType = attributes['type'] ?? 'text';
    if (place === 'feed/entry/link') links.push(attributes['href'] ?? '');
    if (place === 'feed/link' && attributes['rel'] === 'self') self = attributes['href'] ?? '';
  });
  const append = (text: string) => texts.set(path.join('/'), `${textAt(path.join('/'))}${text}`);
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', () => {
    if (path.join('/') === 'feed/entry')
      entries.push({
        id: textAt('feed/entry/id'),
        title: textAt('feed/entry/title'),
        titleType,
        updated: textAt('feed/entry/updated'),
        links,
      });
    path.pop();
  });
  const textAt = (place: string) => texts.get(place) ?? '';
  parser.write(xml).close();
  return {
    id: textAt('feed/id'),
    title: textAt('feed/title'),
    updated: textAt('feed/updated'),
    author: textAt('feed/author/name'),
    self,
    entries,
  };
}
