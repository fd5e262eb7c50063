import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../bench/typesetting.ts';
import type { Attack, Target } from './attack.ts';
import { atOnce, between, pick } from './attack.ts';
import { exchange } from './raw-connection.ts';
import type { SavedBomb } from './saved-bombs.ts';
import { removeBomb, saveBomb } from './saved-bombs.ts';
import { startReceiver } from './webhook-receiver.ts';

/** Signs stand in every text, and in no index of words. */
const SIGNS = ['，。、', '。', '，', '、，', '”，', '：“', '（）', '，。、；：', '·', '—'];
const WORDS = ['中国', '园区', '发展', '企业', '建设', '的', '2022年', '高新区', '项目'];
const LONGEST_QUERY = 5_000;
const MOST_PHRASES = 450;
const ANSWERED_WITHIN_MS = 30_000;

const BOMBS: readonly ((random: Random) => string)[] = [
  (random) => `"${pick(SIGNS, random)}"`,
  (random) => `${pick(WORDS, random)} ${phrases('-', SIGNS, between(1, 40, random), random)}`,
  (random) => phrases('', SIGNS, between(2, MOST_PHRASES, random), random),
  (random) =>
    `${pick(WORDS, random)} ${phrases('-', WORDS, between(50, MOST_PHRASES, random), random)}`,
  (random) =>
    `(${phrases('', SIGNS, 5, random).replaceAll(' ', ' OR ')}) -"${pick(WORDS, random)}"`,
  (random) =>
    Array.from({ length: 200 }, () => `"${pick(WORDS, random)}${pick(SIGNS, random)}"`).join(' '),
  (random) => `"${pick(WORDS, random).repeat(LONGEST_QUERY)}`.slice(0, LONGEST_QUERY - 1) + '"',
  (random) => `"${pick(SIGNS, random).repeat(LONGEST_QUERY)}`.slice(0, LONGEST_QUERY - 1) + '"',
  (random) => `标题:"${pick(SIGNS, random)}" -标题:"${pick(SIGNS, random)}"`,
];

/** Most of them another one each. */
function phrases(before: string, list: readonly string[], count: number, random: Random): string {
  const one = () => `${before}"${pick(list, random)}${random() < 0.8 ? pick(list, random) : ''}"`;
  return Array.from({ length: count }, one).join(' ');
}

/** A query that is permitted and asks for all the work that one can ask for. */
export function bomb(random: Random): string {
  return pick(BOMBS, random)(random).slice(0, LONGEST_QUERY);
}

const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;

/** Such queries to everything that takes a query. */
export const phraseBombs: Attack = {
  name: 'phrase bombs',
  async run(target, random) {
    const paths = Array.from({ length: between(2, 5, random) }, () => {
      const place = pick(
        ['/search?', '/api/search?', '/api/export?format=jsonl&', '/compare?by=year&'],
        random,
      );
      return `${place}${new URLSearchParams({ q: bomb(random) }).toString()}`;
    });
    await atOnce(paths.length, (client) => askForBomb(target, paths[client]!, client));
  },
};

async function askForBomb(target: Target, path: string, client: number): Promise<void> {
  const what = `GET ${decodeURIComponent(path.replaceAll('+', ' ')).slice(0, 200)}`;
  const answers = await exchange(target, {
    bytes: ask(path),
    withinMs: ANSWERED_WITHIN_MS,
    client,
    what,
  });
  if (answers.length === 0) target.note(`${what}：${ANSWERED_WITHIN_MS / 1_000} 秒没有应答`);
}

/** Such queries, saved: their feeds, their news, and a webhook for each while an article arrives. */
export const savedBombs: Attack = {
  name: 'saved bombs',
  async run(target, random) {
    const queries = Array.from({ length: between(1, 4, random) }, () => bomb(random));
    const arriving = {
      id: `arrived-${between(0, 1e9, random)}`,
      title: '新到的园区新闻',
      text: '园区发展，企业建设。',
    };
    const receiver = await startReceiver('take');
    const saved: SavedBomb[] = [];
    for (const query of queries)
      saved.push(...(await saveBomb(target.address, query, receiver.url)));
    const taken = target.index([arriving]);
    await atOnce(saved.length, async (client) => {
      const { id } = saved[client]!;
      for (const path of [
        `/s/${id}/feed.atom`,
        `/s/${id}/feed.json`,
        `/api/saved-searches/${id}/news?since=0`,
      ])
        await askForBomb(target, path, client);
    });
    if (!(await taken).startsWith('0 ')) target.note(`文章没有收录：${(await taken).slice(-300)}`);
    // What the webhooks ask holds on after the articles have come.
    await sleep(target.holdMs);
    for (const one of saved) await removeBomb(target.address, one);
    await receiver.close();
  },
};
