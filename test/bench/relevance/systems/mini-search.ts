import MiniSearch from 'minisearch';
import { DEPTH } from '../metrics.ts';
import type { RankingSystem } from './system.ts';
import { analysedArticles, queryWordsOf } from './terms.ts';

/** MiniSearch with its own scoring over our words; its index lives in memory and is built every time. */
export const miniSearch: RankingSystem = {
  name: 'minisearch',
  async open(collection, cache) {
    const index = new MiniSearch<{ id: string; terms: string }>({
      fields: ['terms'],
      tokenize: (terms) => terms.split(' '),
      processTerm: (term) => term,
    });
    for await (const { id, words } of analysedArticles(collection, cache))
      index.add({ id, terms: words.join(' ') });
    return {
      search: (query) =>
        Promise.resolve(
          index
            .search(queryWordsOf(query).join(' '))
            .slice(0, DEPTH)
            .map(({ id }) => String(id)),
        ),
      close: () => Promise.resolve(index.removeAll()),
    };
  },
};
