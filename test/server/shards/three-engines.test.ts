import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../server/api/search-schema.ts';
import { searchResponseSchema } from '../../../server/api/search-schema.ts';
import { countsOf } from '../../bench/shards/compare-answers.ts';
import type { TestService } from '../../service-for-tests.ts';
import { startTestService } from '../../service-for-tests.ts';
import type { TestShard, TestShards } from '../../shards-for-tests.ts';
import { startTestShards } from '../../shards-for-tests.ts';

const QUERIES = [
  '',
  'q=高新区',
  'q=贵阳高新区 营商环境',
  'q=園區 人才',
  'q="一窗通办"',
  'q=综保区 OR 自贸区',
  'q=发展 -人才公寓',
  'q=标题:高新区 日期:2020..2023',
  'q=贵阳高新区如何改善营商环境，出台了哪些措施？',
  'q=高新区&sort=newest',
  'q=高新区&sort=oldest&page=2',
  'q=园区&year=2022&year=2023&kind=story',
  'q=园区&from=2022-03&to=2022-04',
  'q=园区&page=4&size=20',
  'province=贵州&sort=newest',
];

describe('a service over three engines', () => {
  let engines: TestShards;
  let single: TestService;
  let sharded: TestService;
  const [first, second, third] = [0, 1, 2].map((at) => () => engines.shards[at]!) as [
    () => TestShard,
    () => TestShard,
    () => TestShard,
  ];

  beforeAll(async () => {
    engines = await startTestShards(3);
    single = await startTestService({ MEILI_URL: '', MEILI_MASTER_KEY: '' });
    sharded = await startTestService({
      ...engines.variables(),
      ENGINE_LIMIT_MS: '4000',
      LOG_LEVEL: 'silent',
    });
  });
  afterAll(async () => {
    await sharded.stop();
    await single.stop();
    await engines.stop();
  });

  const fetchSearch = (service: TestService, query: string) =>
    fetch(`${service.address}/api/search?${query}`);
  const search = async (service: TestService, query: string): Promise<SearchResponse> => {
    const response = await fetchSearch(service, query);
    expect(response.status).toBe(200);
    return searchResponseSchema.parse(await response.json());
  };
  // Nothing in the corpus is so old: each asks something else, lest an answer is at hand already.
  let number = 0;
  const anew = () => `from=${1000 + (number += 1)}`;
  const untilWhole = async () => {
    for (let tries = 0; tries < 100; tries += 1) {
      const response = await fetchSearch(sharded, `q=园区&${anew()}`);
      const answer = response.ok ? searchResponseSchema.parse(await response.json()) : null;
      if (answer?.missing === null) return;
      await sleep(200);
    }
    throw new Error('still not whole');
  };

  it.each(QUERIES)('finds for %s what one engine finds, in the same order', async (query) => {
    const [one, three] = [await search(single, query), await search(sharded, query)];
    expect(three.hits.map(({ id }) => id)).toEqual(one.hits.map(({ id }) => id));
    expect(three.total).toBe(one.total);
    expect(three.missing).toBeNull();
    expect(countsOf(three)).toEqual(countsOf(one));
    expect(three.histogram).toEqual(one.histogram);
  });

  it('exports and lists the same', async () => {
    const [one, three] = await Promise.all(
      [single, sharded].map(async ({ address }) => {
        const response = await fetch(`${address}/api/export?q=园区&format=jsonl`);
        expect(response.status).toBe(200);
        return response.text();
      }),
    );
    expect(three).toBe(one);
  });

  it.each([
    ['is down', (shard: TestShard) => shard.kill(), (shard: TestShard) => shard.start()],
    ['hangs', (shard: TestShard) => shard.hang(), (shard: TestShard) => shard.resume()],
  ])('gives the rest while one %s, says so, and is whole again after it', async (_, harm, mend) => {
    for (const shard of [second(), first()]) {
      const place = engines.shards.indexOf(shard) + 1;
      await harm(shard);
      try {
        // Each engine in its turn is the one that is asked.
        for (let round = 0; round < 4; round += 1) {
          const answer = await search(sharded, `q=园区&${anew()}`);
          expect(answer.missing).toMatchObject({ parts: [place], of: 3 });
          expect(answer.missing!.share).toBeCloseTo(1 / 3, 1);
          expect(answer.total).toBeGreaterThan(0);
          expect(answer.query.hints[0]?.type).toBe('incomplete');
        }
        const page = await fetch(`${sharded.address}/search?q=园区&${anew()}`);
        expect(await page.text()).toContain(`第 ${place} 台连不上`);
        const english = await fetch(`${sharded.address}/search?q=园区&${anew()}&lang=en`);
        expect(await english.text()).toContain(`engine ${place} of 3`);
        // What is listed is whole or refused.
        expect((await fetch(`${sharded.address}/api/export?q=园区&format=csv`)).status).toBe(503);
      } finally {
        await mend(shard);
      }
      await untilWhole();
    }
  });

  it('keeps no answer that lacks a part', async () => {
    const query = `q=园区&${anew()}`;
    await third().kill();
    const partial = await search(sharded, query);
    await third().start();
    await untilWhole();
    const whole = await search(sharded, query);
    expect(partial.missing).not.toBeNull();
    expect(whole.total).toBeGreaterThan(partial.total);
    expect(whole.missing).toBeNull();
  });

  it('builds the index anew when an engine comes back without its data', async () => {
    const query = `q=园区&${anew()}`;
    const { total } = await search(sharded, query);
    await second().loseData();
    await untilWhole();
    expect((await search(sharded, query)).total).toBe(total);
  });

  it('starts with the engines that answer', async () => {
    await third().kill();
    const { dataDir } = sharded;
    const other = await startTestService({
      ...engines.variables(),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
    });
    const answer = await search(other, 'q=园区');
    expect(answer.missing).toMatchObject({ parts: [3], of: 3 });
    await third().start();
    await other.stop();
    await untilWhole();
  });

  it('waits for engines that are all busy, and says so when its time is over', async () => {
    const everyShard = (work: (shard: TestShard) => Promise<void>) =>
      Promise.all(engines.shards.map(work));
    await everyShard((shard) => shard.hang());
    // Longer than it takes to find one of them silent, shorter than a search may take.
    const waiting = search(sharded, `q=园区&${anew()}`);
    await sleep(2_500);
    await everyShard((shard) => shard.resume());
    expect((await waiting).missing).toBeNull();

    await everyShard((shard) => shard.hang());
    expect((await fetchSearch(sharded, `q=园区&${anew()}`)).status).toBe(503);
    await everyShard((shard) => shard.resume());
    await untilWhole();
  });

  it('answers 503 when none is left, and recovers by itself', async () => {
    await Promise.all(engines.shards.map((shard) => shard.kill()));
    for (let round = 0; round < 3; round += 1)
      expect((await fetchSearch(sharded, `q=园区&${anew()}`)).status).toBe(503);
    await Promise.all(engines.shards.map((shard) => shard.start()));
    await untilWhole();
  });
});
