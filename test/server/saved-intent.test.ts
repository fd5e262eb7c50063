import { createServer } from 'node:http';
import { pino } from 'pino';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gazetteer } from '../../config/gazetteer.ts';
import { parseEnvironment } from '../../config/environment.ts';
import type { Synonyms } from '../../config/synonyms.ts';
import { openEngine } from '../../indexer/engine/engine.ts';
import type { Engine } from '../../indexer/engine/engine.ts';
import { openEngineClients } from '../../indexer/engine/engine-keys.ts';
import type { Store } from '../../indexer/store/database.ts';
import { openStore } from '../../indexer/store/database.ts';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import { createLocaliser } from '../../server/languages/localise.ts';
import { createPageSender } from '../../server/pages/send-page.ts';
import { loadAssets } from '../../server/assets/assets.ts';
import type { ServerContext } from '../../server/routes/context.ts';
import { createApp } from '../../server/create-app.ts';
import { createServiceState } from '../../server/telemetry/service-state.ts';
import { createMetrics } from '../../server/telemetry/metrics.ts';
import { createPinyinTable } from '../../server/rewrites/pinyin-table.ts';
import { createQueryReader } from '../../server/search/understanding.ts';
import type { TestService } from '../service-for-tests.ts';
import { startTestService } from '../service-for-tests.ts';
import { analyzer, gazetteer, isStopWord, lists } from './rewrites/rewriting.ts';
import { jsonFeedSchema } from './saved-search-client.ts';

let service: TestService;
let store: Store;
let engine: Engine;
let common: Omit<ServerContext, 'gazetteer' | 'queries' | 'today'>;
beforeAll(async () => {
  service = await startTestService();
  store = openStore(service.dataDir);
  const log = pino({ level: 'silent' });
  const environment = parseEnvironment({ ...process.env, DATA_DIR: service.dataDir });
  engine = await openEngine({ ...environment, log });
  const assets = await loadAssets();
  const state = createServiceState();
  common = {
    store,
    state,
    client: (await openEngineClients(engine)).search,
    patient: (await openEngineClients(engine)).patient,
    noteError: () => undefined,
    analyzer,
    isStopWord,
    pinyin: createPinyinTable(gazetteer.parks),
    assets,
    localise: createLocaliser({}),
    sendPage: createPageSender(assets, createLocaliser({})),
    log,
    metrics: createMetrics(store, () => null, state),
    phraseTexts: 1_000,
    slowQueryMs: 1_000,
    publicUrl: undefined,
    rateLimit: 0,
    trustProxy: 0,
    readToken: undefined,
    adminToken: undefined,
    quotaClient: () => null,
    allowPrivateWebhooks: false,
  };
});
afterAll(async () => {
  await engine.stop();
  store.close();
  await service.stop();
});

/** The service on the same store as it would be on another day, with other word lists. */
function serviceWith(
  changed: {
    readonly gazetteer?: Gazetteer;
    readonly synonyms?: Synonyms;
    readonly today?: string;
  } = {},
) {
  const { gazetteer: parks = gazetteer, synonyms = lists.synonyms, today = '2022-06-30' } = changed;
  return createServer(
    createApp({
      ...common,
      gazetteer: parks,
      queries: createQueryReader({ ...lists, gazetteer: parks, analyzer, synonyms }, () => today),
      today: () => today,
    }),
  );
}

async function save(query: string): Promise<string> {
  const response = await request(serviceWith())
    .post('/api/saved-searches')
    .send({ name: '意图', query });
  expect(response.status).toBe(201);
  return (response.body as { id: string }).id;
}

async function feedIds(app: ReturnType<typeof serviceWith>, id: string): Promise<string[]> {
  const response = await request(app).get(`/s/${id}/feed.json`);
  return jsonFeedSchema.parse(JSON.parse(response.text)).items.map((item) => item.id);
}

async function opened(app: ReturnType<typeof serviceWith>, id: string): Promise<URLSearchParams> {
  const response = await request(app).get(`/s/${id}`);
  expect(response.status).toBe(302);
  return new URL(response.get('Location')!, 'http://x').searchParams;
}

const renamed = (id: string, name: string): Gazetteer => {
  const parks = gazetteer.parks.map((park) =>
    park.id === id
      ? { ...park, name, fullName: name, aliases: [], ambiguousAliases: [], formerNames: [] }
      : park,
  );
  return { ...gazetteer, parks, byId: new Map(parks.map((park) => [park.id, park])) };
};

describe('a saved search keeps what was meant', () => {
  it('reads a relative date on the day it is opened', async () => {
    const id = await save(`q=${encodeURIComponent('近三个月 高新区')}`);
    const rewrittenOn = async (today: string) => {
      const app = serviceWith({ today });
      const query = (await opened(app, id)).toString();
      const response = await request(app).get(`/api/search?${query}`);
      return searchResponseSchema.parse(response.body).query.rewritten;
    };
    expect(await rewrittenOn('2022-06-30')).toContain('日期:2022-03-30..2022-06-30');
    expect(await rewrittenOn('2024-12-31')).toContain('日期:2024-09-30..2024-12-31');
  });

  it('finds the same park under its new name', async () => {
    const id = await save(`q=${encodeURIComponent('贵阳高新区')}&park=guiyang-gaoxinqu`);
    const field = await save(`q=${encodeURIComponent('园区:贵阳国家高新区')}`);
    const before = await feedIds(serviceWith(), id);
    expect(before.length).toBeGreaterThan(0);
    const app = serviceWith({ gazetteer: renamed('guiyang-gaoxinqu', '黔中科学城') });
    const parameters = await opened(app, id);
    expect(parameters.get('q')).toBe('黔中科学城');
    expect(parameters.get('park')).toBe('guiyang-gaoxinqu');
    expect(await feedIds(app, id)).toEqual(before);
    expect((await opened(app, field)).get('q')).toBe('园区:黔中科学城');
    expect((await feedIds(app, field)).length).toBeGreaterThan(0);
  });

  it('leaves a query alone whose parks are still known by the names in it', async () => {
    const id = await save(`q=${encodeURIComponent('贵阳国家高新区 营商环境')}`);
    expect((await opened(serviceWith(), id)).get('q')).toBe('贵阳国家高新区 营商环境');
  });

  it('opens, and feeds, with another synonym file', async () => {
    const id = await save(`q=${encodeURIComponent('营商环境')}`);
    const before = await feedIds(serviceWith(), id);
    const synonyms: Synonyms = new Map([['营商环境', ['跨境电商']]]);
    const app = serviceWith({ synonyms });
    expect((await opened(app, id)).get('q')).toBe('营商环境');
    const after = await feedIds(app, id);
    expect(after.length).toBeGreaterThan(before.length);
    expect(after).toEqual(expect.arrayContaining(before));
  });
});
