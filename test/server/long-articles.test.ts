import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { annotateArticle } from '../../indexer/annotators/annotate-article.ts';
import type { PreparedPage } from '../../indexer/ingest/prepare-page.ts';
import { startFileIntake } from '../../indexer/ingest/file-intake.ts';
import { allArticles } from '../../indexer/store/articles.ts';
import { openStore } from '../../indexer/store/database.ts';
import { articleResponseSchema } from '../../server/api/article-schema.ts';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import { makeArticle, makePage } from '../indexer/annotators/make-article.ts';
import { temporaryFolder } from '../service-for-tests.ts';
import { trackProcesses } from '../service-process.ts';

/** The same memory as `npm start` has; what needs more ends the process. */
const { startService, end } = trackProcesses();
const DATA_DIR = temporaryFolder();

const LINES = 50_000;
const PARAGRAPHS = 500_000;
const REPORTS = 6;
const REPORT_LENGTH = 1_000_000;
const MOST_SENT = 6_000_000;

const manyMarks = Array.from({ length: LINES }, (_, n) => `高新区第${n}号`).join('\n');
const manyParagraphs = Array.from({ length: PARAGRAPHS }, (_, n) => `${n}段`).join('\n');
const sentence = '园区上半年完成投资十二亿元，企业反映审批时间缩短，出口增长。';

function report(n: number): string {
  const text = sentence.repeat(Math.ceil(REPORT_LENGTH / sentence.length));
  return `${text.slice(0, REPORT_LENGTH)}\n鲲鹏计划第${n}期。`;
}

function prepared(title: string, text: string): PreparedPage {
  const page = makePage(text, { layout: 'story', metadata: { dates: [], id: title } });
  let at = 0;
  const parts = text.split('\n').map((line) => {
    const part = { role: 'paragraph', start: at, end: at + line.length } as const;
    at = part.end + 1;
    return part;
  });
  return {
    page,
    articles: [annotateArticle(makeArticle(title, text, { page, parts }), [])],
    setAside: [],
  };
}

let address: string;

beforeAll(async () => {
  const store = openStore(DATA_DIR);
  const intake = await startFileIntake(store, '/in/long.jsonl');
  await intake.add([prepared('marks', manyMarks)]);
  await intake.add([prepared('paragraphs', manyParagraphs)]);
  for (let n = 0; n < REPORTS; n += 1) await intake.add([prepared(`report${n}`, report(n))]);
  await intake.finish('1', 1, []);
  store.close();
  ({ address } = await startService({ DATA_DIR, SAMPLE_CORPUS: 'off', ENGINE_LIMIT_MS: '20000' }));
}, 600_000);

afterAll(async () => {
  await end();
  rmSync(DATA_DIR, { recursive: true, force: true });
});

async function page(path: string): Promise<string> {
  const response = await fetch(`${address}${path}`);
  expect(response.status, path).toBe(200);
  const body = await response.text();
  expect(body.length).toBeLessThan(MOST_SENT);
  return body;
}

/** How often the service answers others before the work is done. */
async function answersBeside(work: Promise<unknown>): Promise<number> {
  const state = { isDone: false };
  void work.finally(() => (state.isDone = true));
  let answers = 0;
  while (!state.isDone) {
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    answers += 1;
  }
  return answers;
}

const query = (text: string) => `q=${encodeURIComponent(text)}`;

describe('A story of 50,000 lines with marks', () => {
  it('is shown as far as a page goes, with a link to all of it', async () => {
    const body = await page(`/articles/marks?${query('高新区')}`);
    expect(body).toContain('本文很长，这里只显示前');
    expect(body).toContain('/api/articles/marks');
    expect(body.split('<mark ').length).toBeGreaterThan(1_000);
  });
});

describe('A story of 500,000 paragraphs', () => {
  it('is shown as far as a page goes', async () => {
    expect(await page('/articles/paragraphs')).toContain('本文很长，这里只显示前');
    expect(await page('/articles/paragraphs?lang=en')).toContain('Whole text (JSON)');
  });

  it('has its raw page shown stretch by stretch', async () => {
    const first = await page('/articles/paragraphs/page');
    const next = /href="([^"]*from=\d+)"\s*>后一段/u.exec(first)?.[1];
    expect(next).toBeDefined();
    expect(await page(next!)).toContain('前一段');
  });

  it('is given whole by the API', async () => {
    const response = await fetch(`${address}/api/articles/paragraphs`);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/u);
    const { text, paragraphs } = articleResponseSchema.parse(await response.json());
    expect(text === manyParagraphs).toBe(true);
    expect(paragraphs).toHaveLength(PARAGRAPHS);
    expect(paragraphs.at(-1)).toBe(`${PARAGRAPHS - 1}段`);
  });
});

describe('Reports of a million characters', () => {
  it('are found by what stands at their very end, and others are answered meanwhile', async () => {
    const search = fetch(`${address}/api/search?${query('鲲鹏')}`);
    expect(await answersBeside(search)).toBeGreaterThan(3);
    const { total, hits } = searchResponseSchema.parse(await (await search).json());
    expect(total).toBe(REPORTS);
    for (const { snippetHtml } of hits) expect(snippetHtml).toContain('<mark>鲲鹏</mark>');
  });

  it.each(['csv', 'jsonl', 'ris'])('are exported whole as %s', async (format) => {
    const asked = fetch(`${address}/api/export?${query('鲲鹏')}&format=${format}`).then(
      (response) => response.text(),
    );
    expect(await answersBeside(asked)).toBeGreaterThan(1);
    const written = await asked;
    if (format === 'ris') expect(written.match(/^TY {2}- /gmu)).toHaveLength(REPORTS);
    else for (let n = 0; n < REPORTS; n += 1) expect(written).toContain(`鲲鹏计划第${n}期。`);
  });

  it('have pages, relatives and feeds', async () => {
    for (const path of ['', '/page']) await page(`/articles/report3${path}?${query('鲲鹏 投资')}`);
    await page(`/search?${query('投资 审批')}`);
    await page(`/search?${query('投资')}&sort=newest`);
    const response = await fetch(`${address}/api/saved-searches`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: '长文', query: query('鲲鹏') }),
    });
    const { id } = (await response.json()) as { id: string };
    expect(await page(`/s/${id}/feed.atom`)).toContain('report3');
  });

  it('are read one at a time by whoever reads all', () => {
    const store = openStore(DATA_DIR);
    let articles = 0;
    for (const _ of allArticles(store)) articles += 1;
    store.close();
    expect(articles).toBe(REPORTS + 2);
  });
});
