/** An article that lies in the store already. */
export interface FormerArticle {
  readonly doc: number;
  readonly id: string;
  readonly title: string;
  readonly position: number;
  readonly content_hash: string;
  readonly page_id: number;
}

type Key = 'content_hash' | 'title' | 'position';

/**
 * Articles whose pages are gone: an article written next may be the edited form of one, by its content, else its
 * headline, else its place on the page. Each is claimed once; of several the first is.
 */
export function createFormerArticles(articles: readonly FormerArticle[]) {
  const unclaimed = new Map(articles.map((article) => [article.doc, article]));
  const lists: Readonly<Record<Key, Map<string | number, FormerArticle[]>>> = {
    content_hash: new Map(),
    title: new Map(),
    position: new Map(),
  };
  // The last first, since a list is used up from its end.
  for (const article of [...articles].reverse())
    for (const [key, list] of Object.entries(lists) as [Key, (typeof lists)[Key]][]) {
      const alike = list.get(article[key]);
      if (alike === undefined) list.set(article[key], [article]);
      else alike.push(article);
    }

  function firstOf(key: Key, value: string | number): FormerArticle | undefined {
    const alike = lists[key].get(value) ?? [];
    while (alike.length > 0 && !unclaimed.has(alike.at(-1)!.doc)) alike.pop();
    return alike.at(-1);
  }

  return {
    find: (hash: string, title: string, position: number): FormerArticle | undefined =>
      firstOf('content_hash', hash) ?? firstOf('title', title) ?? firstOf('position', position),
    /** Returns whether it was one of these. */
    claim: ({ doc }: FormerArticle): boolean => unclaimed.delete(doc),
    unclaimed: (): FormerArticle[] => [...unclaimed.values()],
  };
}
