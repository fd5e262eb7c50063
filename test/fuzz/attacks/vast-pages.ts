import type { Attack } from './attack.ts';
import { atOnce, between, pick } from './attack.ts';
import { exchange } from './raw-connection.ts';

const ANSWERED_WITHIN_MS = 60_000;
const QUERIES = ['园区', '"园区，发展"', '发展 -企业', '一', '"。"', '园区 OR 发展 OR 企业'];
const PLACES: readonly ((id: string, query: string) => string)[] = [
  (id, query) => `/articles/${id}?${query}`,
  (id, query) => `/articles/${id}/page?${query}`,
  (id) => `/articles/${id}`,
  (id) => `/articles/${id}/page`,
  (id) => `/api/articles/${id}`,
  (_id, query) => `/search?${query}`,
  (_id, query) => `/api/search?size=50&${query}`,
];

/** Pages of articles of hundreds of thousands of characters, with words that stand in every line. */
export const vastPages: Attack = {
  name: 'vast pages',
  async run(target, random) {
    const paths = Array.from({ length: between(2, 6, random) }, () => {
      const query = new URLSearchParams({ q: pick(QUERIES, random) }).toString();
      return pick(PLACES, random)(pick(target.vastIds, random), query);
    });
    await atOnce(paths.length, async (client) => {
      const what = `GET ${decodeURIComponent(paths[client]!)}`;
      const answers = await exchange(target, {
        bytes: `GET ${paths[client]!} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
        withinMs: ANSWERED_WITHIN_MS,
        client,
        what,
      });
      if (answers.length === 0) target.note(`${what}：${ANSWERED_WITHIN_MS / 1_000} 秒没有应答`);
    });
  },
};
