import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { Meilisearch } from 'meilisearch';
import { pino } from 'pino';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupDuplicates } from '../../indexer/duplicates/group-duplicates.ts';
import { ingestFiles } from '../../indexer/ingest/ingest-files.ts';
import { allArticles } from '../../indexer/store/articles.ts';
import type { Store } from '../../indexer/store/database.ts';
import { openStore } from '../../indexer/store/database.ts';
import { pageOfArticle } from '../../indexer/store/stored-page.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import type { IngestPipeline } from '../../indexer/ingest/ingest-pipeline.ts';
import { createIngestPipeline } from '../../indexer/ingest/ingest-pipeline.ts';
import { articleResponseSchema } from '../../server/api/article-schema.ts';
import { createLocaliser } from '../../server/languages/localise.ts';
import { createPageSender } from '../../server/pages/send-page.ts';
import { loadAssets } from '../../server/assets/assets.ts';
import { createPinyinTable } from '../../server/rewrites/pinyin-table.ts';
import { createQueryReader } from '../../server/search/understanding.ts';
import { createApp } from '../../server/create-app.ts';
import { createServiceState } from '../../server/telemetry/service-state.ts';
import { createMetrics } from '../../server/telemetry/metrics.ts';
import type { TestService } from '../service-for-tests.ts';
import { startTestService, temporaryFolder } from '../service-for-tests.ts';

const HOSTILE = '<img src=x onerror=alert(1)> & \u202e园区\u2066';
/** The longest title that is taken in. */
const LONG_TITLE = '长'.repeat(2_000);
const LONG = '文'.repeat(10_000);

let dataDir: string;
let store: Store;
let pipeline: IngestPipeline;
let service: TestService;
let articles: readonly StoredArticle[];

beforeAll(async () => {
  dataDir = temporaryFolder();
  const records = join(dataDir, 'records.jsonl');
  writeFileSync(
    records,
    [
      {
        id: 'hostile',
        title: HOSTILE,
        text: `${HOSTILE}\n<script>alert(2)</script>`,
        source: HOSTILE,
      },
      { id: 'long', title: LONG_TITLE, text: LONG },
    ]
      .map((record) => JSON.stringify(record))
      .join('\n'),
  );
  store = openStore(dataDir);
  pipeline = createIngestPipeline();
  await ingestFiles([join(import.meta.dirname, '../../config/sample-corpus'), records], {
    store,
    preparePage: pipeline.preparePage,
  });
  await groupDuplicates(store);
  articles = [...allArticles(store)];
  service = await startTestService({ DATA_DIR: dataDir });
});
afterAll(async () => {
  await service.stop();
  store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function open(path: string) {
  const response = await fetch(service.address + path);
  const { document } = parseHTML(await response.text());
  const all = (selector: string): Element[] => [...document.querySelectorAll(selector)];
  return {
    status: response.status,
    all,
    texts: (selector: string) =>
      all(selector).map((element) => element.textContent.replace(/\s+/gu, ' ').trim()),
  };
}

function titled(title: RegExp): StoredArticle {
  const found = articles.find((article) => title.test(article.title));
  if (found === undefined) throw new Error(`no sample article is titled ${title.source}`);
  return found;
}

describe('/articles/:id', () => {
  it('shows a newspaper story in its parts', async () => {
    const story = titled(/^成都高新区放养“瞪羚”/);
    const page = await open(`/articles/${story.id}`);
    expect(page.texts('.story h1')).toEqual(['成都高新区放养“瞪羚”：126家企业首批入库']);
    expect(page.texts('.story .subtitle')).toEqual(['配套18亿元贷款额度 三年后看谁跳得高']);
    expect(page.texts('.story .byline')).toEqual(['本刊记者 赵样例']);
    expect(page.texts('.body h2')).toEqual(['贷款看成长，不看厂房', '进来容易，留下难']);
    expect(page.texts('.body > *')).toEqual(story.text.split('\n'));
    expect(page.texts('.captions p')[0]).toContain('图片来源：示例图片社');
    expect(page.texts('.about .park')).toEqual(['成都高新区']);
    expect(page.texts('.about dd').join(' ')).toContain('依据：旁注文件“2020-06-08”');
    expect(page.texts('#cite-gbt')).toEqual([
      '赵样例.成都高新区放养“瞪羚”：126家企业首批入库[N].示例产业观察,2020-06-08(02).',
    ]);
  });

  it('tells the crossheads apart in JSON too', async () => {
    const { id } = titled(/^成都高新区放养“瞪羚”/);
    const response = await fetch(`${service.address}/api/articles/${id}`);
    const { crossheads, paragraphs } = articleResponseSchema.parse(await response.json());
    expect(crossheads.map((at) => paragraphs[at])).toEqual([
      '贷款看成长，不看厂房',
      '进来容易，留下难',
    ]);
  });

  it('keeps of the text exactly what was stored, in every story', async () => {
    for (const { id, text } of articles.filter((_, at) => at % 5 === 0)) {
      const page = await open(`/articles/${id}`);
      expect(page.all('.body > *').map((element) => element.textContent)).toEqual(text.split('\n'));
    }
  });

  it('shows how a copy differs', async () => {
    const copy = titled(/^贵阳高新区“一窗通办”满一年 一扇窗口办了/);
    expect(copy.duplicateOf).not.toBeNull();
    const page = await open(`/articles/${copy.id}`);
    expect(page.all('.copies > ul > li > a')[0]?.getAttribute('href')).toBe(
      `/articles/${copy.duplicateOf}`,
    );
    expect(page.texts('.copies .badge')).toEqual(['检索结果显示这一份']);
    expect(page.texts('.differences dt')).toEqual(['标题', '来源', '日期', '版面']);
    expect(page.texts('.differences del')).toContain('三十');
    expect(page.texts('.differences ins')).toContain('30');
    expect(page.all('.differences[open]')).toEqual([]);
  });

  it('names related stories with the reason, its own copies not among them', async () => {
    for (const article of articles.filter(({ duplicateOf }) => duplicateOf !== null)) {
      const page = await open(`/articles/${article.id}`);
      const related = page
        .all('.related a')
        .map((link) => decodeURIComponent(link.getAttribute('href')!.split('/').at(-1)!));
      expect(related).not.toContain(article.id);
      expect(related).not.toContain(article.duplicateOf);
      const own = new Set(article.parks.map(({ id }) => id));
      for (const reason of page.texts('.related .meta')) expect(reason).toMatch(/同提|共有“/);
      const others = articles.filter(({ id }) => related.includes(id));
      expect(others.some(({ parks }) => parks.some(({ id }) => own.has(id)))).toBe(
        page.texts('.related .meta').some((reason) => reason.includes('同提')),
      );
    }
    const chengdu = await open(`/articles/${titled(/^成都高新区放养“瞪羚”/).id}`);
    expect(chengdu.texts('.related li')[0]).toMatch(/瞪羚企业.*同提成都高新区；共有.*“瞪羚”/);
  });

  it('shows the story while the engine is away', async () => {
    const assets = await loadAssets();
    const state = createServiceState();
    const app = createApp({
      store,
      state,
      // Nothing listens there.
      client: new Meilisearch({ host: 'http://127.0.0.1:1' }),
      patient: new Meilisearch({ host: 'http://127.0.0.1:1' }),
      noteError: () => undefined,
      analyzer: pipeline.analyzer,
      gazetteer: pipeline.gazetteer,
      isStopWord: pipeline.isStopWord,
      queries: createQueryReader(pipeline, () => '2025-01-02'),
      pinyin: createPinyinTable(pipeline.gazetteer.parks),
      assets,
      localise: createLocaliser({}),
      sendPage: createPageSender(assets, createLocaliser({})),
      log: pino({ level: 'silent' }),
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
      today: () => '2025-01-02',
    });
    const story = titled(/^成都高新区放养“瞪羚”/);
    const response = await request(app).get(`/articles/${story.id}`).expect(200);
    const { document } = parseHTML(response.text);
    expect(document.querySelector('.related')?.textContent).toContain('检索引擎暂时没有回答');
    expect(document.querySelectorAll('.body > *')).toHaveLength(story.text.split('\n').length);
  });

  it.each(['/articles/none', '/articles/none/page', '/articles/%3Cb%3E'])(
    'answers %s with 404',
    async (path) => {
      expect((await open(path)).status).toBe(404);
    },
  );

  it('shows HTML, marks of direction and 10,000 characters as text', async () => {
    for (const id of ['hostile', 'long'])
      for (const path of [
        `/articles/${id}?q=${encodeURIComponent('img 文')}`,
        `/articles/${id}/page`,
      ]) {
        const page = await open(path);
        expect(page.status).toBe(200);
        expect(page.all('main img, main script, main [onerror]')).toEqual([]);
        expect(page.texts('h1 bdi').join('')).toContain(
          id === 'long' ? LONG_TITLE : '<img src=x onerror=alert(1)> &',
        );
      }
  });
});

describe('/articles/:id/page', () => {
  it('shows exactly the stored page, and outlines the story’s parts in the order of reading', async () => {
    for (const article of articles) {
      const page = await open(`/articles/${article.id}/page`);
      const stored = pageOfArticle(store, article.id)!.text;
      expect(page.all('.source-text')[0]?.textContent).toBe(stored);
      const { parts } = article.details;
      const shown = parts.map((_, at) => page.all(`#part-${at + 1}`)[0]?.textContent);
      expect(shown).toEqual(parts.map(({ start, end }) => stored.slice(start, end)));
      expect(page.all('.parts li')).toHaveLength(parts.length);
    }
  });

  it('shows what was set aside, and leads to the page’s other stories', async () => {
    const page = await open(`/articles/${titled(/^成都高新区放养“瞪羚”/).id}/page`);
    expect(page.texts('.set-aside')).toEqual(['简讯']);
    expect(page.texts('#others-title ~ ul a')).toContain('大连高新区软件出口“换道”');
  });
});
