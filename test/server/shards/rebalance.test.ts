import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Meilisearch } from 'meilisearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activeIndex } from '../../../indexer/push/index-registry.ts';
import type { Placement } from '../../../indexer/engine/placement.ts';
import { placementOf } from '../../../indexer/engine/placement.ts';
import { ownerOfSlot, SLOTS, slotOf } from '../../../indexer/engine/placement.ts';
import { allArticles, countArticles } from '../../../indexer/store/articles.ts';
import { openStore, type Store } from '../../../indexer/store/database.ts';
import { searchResponseSchema } from '../../../server/api/search-schema.ts';
import type { TestService } from '../../service-for-tests.ts';
import { startTestService, temporaryFolder } from '../../service-for-tests.ts';
import type { TestShard, TestShards } from '../../shards-for-tests.ts';
import { startTestShards } from '../../shards-for-tests.ts';

const root = resolve(import.meta.dirname, '../../..');
/** Most of a move is waiting for searches to end: asking all the time would only heat the processor. */
const SEARCH_EVERY_MS = 100;
const QUERIES = ['q=园区', 'q=高新区&sort=newest', 'q=贵阳 OR 武汉 OR 苏州&size=50', 'size=50'];

describe('npm run rebalance', () => {
  const dataDir = temporaryFolder();
  let engines: TestShards;
  let service: TestService;
  let store: Store;

  const startOver = (shards: readonly TestShard[]) =>
    startTestService({ DATA_DIR: dataDir, ...engines.variables(shards), LOG_LEVEL: 'silent' });

  beforeAll(async () => {
    engines = await startTestShards(3);
    service = await startOver(engines.shards.slice(0, 2));
    store = openStore(dataDir);
  });
  afterAll(async () => {
    store.close();
    await service.stop();
    await engines.stop();
  });

  // Nothing in the corpus is so old: each asks something else, lest an answer is at hand already.
  let number = 0;
  const search = async (query: string) => {
    const response = await fetch(
      `${service.address}/api/search?${query}&from=${1000 + (number += 1)}`,
    );
    expect(response.status).toBe(200);
    const { hits, total, missing, facets } = searchResponseSchema.parse(await response.json());
    return { ids: hits.map(({ id }) => id), total, missing, sources: facets.source };
  };
  const searchAll = () => Promise.all(QUERIES.map(search));

  /** Searches until the work is done, and sees the same all the time. */
  const searchingOn = async <T>(work: () => Promise<T>): Promise<T> => {
    const expected = await searchAll();
    const working = work();
    const ended = { now: false };
    const end = () => void (ended.now = true);
    working.then(end, end);
    let rounds = 0;
    for (; !ended.now; rounds += 1) {
      expect(await searchAll()).toEqual(expected);
      await sleep(SEARCH_EVERY_MS);
    }
    expect(rounds).toBeGreaterThan(3);
    return working;
  };

  const rebalance = (shards: readonly TestShard[]) =>
    spawn(process.execPath, ['--import', 'tsx', 'indexer/cli.ts', 'rebalance'], {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        MEILI_BIN: process.env['MEILI_BIN'],
        ...engines.variables(shards),
        DATA_DIR: dataDir,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  const runToEnd = async (shards: readonly TestShard[]) => {
    const command = rebalance(shards);
    let said = '';
    command.stderr.on('data', (chunk: Buffer) => void (said += chunk.toString()));
    const [code] = (await once(command, 'exit')) as [number];
    return { code, said };
  };
  const killWhen = async (shards: readonly TestShard[], isThere: (at: Placement) => boolean) => {
    const command = rebalance(shards);
    const exited = once(command, 'exit');
    for (;;) {
      const placement = placementOf(store, activeIndex(store)!.uid)!;
      if (isThere(placement)) break;
      await sleep(20);
    }
    command.kill('SIGKILL');
    await exited;
  };

  const idsOn = async ({ url, masterKey }: TestShard) => {
    const client = new Meilisearch({ host: url, apiKey: masterKey });
    const { uid } = activeIndex(store)!;
    const { results } = await client.index(uid).getDocuments<{ doc: number }>({ limit: 10_000 });
    const known = new Map([...allArticles(store)].map(({ doc, id }) => [doc, id]));
    return results.map(({ doc }) => known.get(doc)!).sort();
  };
  const expectPlaced = async (shards: readonly TestShard[]) => {
    const urls = shards.map(({ url }) => url);
    const ids = [...allArticles(store)].map(({ id }) => id);
    for (const shard of shards)
      expect(await idsOn(shard)).toEqual(
        ids.filter((id) => ownerOfSlot(slotOf(id), urls) === shard.url).sort(),
      );
    expect(placementOf(store, activeIndex(store)!.uid)).toEqual({ nodes: urls, move: null });
  };

  it('moves a third to a third engine while searches go on, killed twice', async () => {
    await expectPlaced(engines.shards.slice(0, 2));
    await searchingOn(async () => {
      await killWhen(engines.shards, ({ move }) => move !== null && move.until > 0);
      await killWhen(engines.shards, ({ move }) => move !== null && move.settled === SLOTS);
      const { code, said } = await runToEnd(engines.shards);
      expect(code).toBe(0);
      expect(said).toMatch(/已搬动 \d+ 篇，文章分放在 3 台/u);
    });
    await expectPlaced(engines.shards);
    const again = await runToEnd(engines.shards);
    expect(again).toMatchObject({ code: 0 });
    expect(again.said).toContain('没有搬动');
  });

  it('moves nothing by itself when the service has another list, and says what to do', async () => {
    await service.stop();
    let log = '';
    service = await startTestService(
      { DATA_DIR: dataDir, ...engines.variables(engines.shards.slice(0, 2)), LOG_LEVEL: 'info' },
      { write: (line) => void (log += line) },
    );
    expect(log).toContain('请运行 npm run rebalance');
    expect((await search('size=50')).total).toBe(countArticles(store));
    await expectPlaced(engines.shards);
  });

  it('moves everything off an engine that goes, even if it is gone already', async () => {
    await service.stop();
    service = await startOver(engines.shards);
    const [leaving, ...staying] = engines.shards as [TestShard, ...TestShard[]];
    await searchingOn(async () => {
      await killWhen(staying, ({ move }) => move !== null && move.settled === SLOTS);
    });
    await leaving.kill();
    expect((await runToEnd(staying)).code).toBe(0);
    await expectPlaced(staying);
    await service.stop();
    service = await startOver(staying);
    expect(await search('size=50')).toMatchObject({ total: countArticles(store), missing: null });
  });
});
