import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { parseEnvironment } from '../../config/environment.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../indexer/engine/engine.ts';
import { openEngineClients } from '../../indexer/engine/engine-keys.ts';
import { exportFormats } from '../../indexer/documents/export-formats.ts';
import { activeIndex } from '../../indexer/push/index-registry.ts';
import { allArticles } from '../../indexer/store/articles.ts';
import { openStore } from '../../indexer/store/database.ts';
import type { StoredArticle } from '../../indexer/store/stored-article.ts';
import { engineList, matchingDocs } from '../../server/search/list-docs.ts';
import { createRowCounter } from '../../server/assets/browser/export-progress.ts';
import type { TestService } from '../service-for-tests.ts';
import { sharedSampleService } from '../service-for-tests.ts';

let service: TestService;
let articles: StoredArticle[];
beforeAll(async () => {
  service = await sharedSampleService();
  const store = openStore(service.dataDir);
  articles = [...allArticles(store)];
  store.close();
});

const download = (parameters: string) => fetch(`${service.address}/api/export?${parameters}`);
const jsonLines = (body: string) =>
  body
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { id: string; date: string | null });

describe('an export', () => {
  it('holds every article once, by date, and says how many beforehand', async () => {
    for (const sort of ['newest', 'oldest', 'relevance']) {
      const response = await download(`format=jsonl&sort=${sort}&page=7&size=3`);
      expect(response.headers.get('x-total-count')).toBe(String(articles.length));
      const rows = jsonLines(await response.text());
      expect(rows.map(({ id }) => id).sort()).toEqual(articles.map(({ id }) => id).sort());
      const years = rows.flatMap(({ date }) => date?.slice(0, 4) ?? []);
      const ascending = [...years].sort();
      expect(years).toEqual(sort === 'oldest' ? ascending : ascending.reverse());
    }
  });

  it('holds the list that the page shows, also a relaxed or a verified one', async () => {
    for (const q of ['贵阳高新区 营商环境', '"营商环境" -人才公寓', '跨境电商 恐龙化石', '']) {
      const query = `q=${encodeURIComponent(q)}`;
      const shown = (await (await fetch(`${service.address}/api/search?${query}`)).json()) as {
        total: number;
      };
      const rows = jsonLines(await (await download(`${query}&format=jsonl`)).text());
      expect(rows.length, q).toBe(shown.total);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    }
  });

  it('is CSV that Excel reads and RIS with an end to every record', async () => {
    const csv = Buffer.from(await (await download('format=csv')).arrayBuffer());
    expect(csv.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const rows = parseCsv<{ id: string; title: string }>(csv, { columns: true, bom: true });
    expect(rows.map(({ id }) => id).sort()).toEqual(articles.map(({ id }) => id).sort());
    const ris = await (await download('format=ris')).text();
    expect(ris.match(/^TY {2}- /gm)).toHaveLength(articles.length);
    expect(ris.match(/^ER {2}- /gm)).toHaveLength(articles.length);
  });

  it('serves the next reader when one leaves in the middle', async () => {
    const leaving = new AbortController();
    const response = await fetch(`${service.address}/api/export?format=csv`, {
      signal: leaving.signal,
    });
    await response.body!.getReader().read();
    leaving.abort();
    expect((await fetch(`${service.address}/healthz`)).status).toBe(200);
    expect(jsonLines(await (await download('format=jsonl')).text())).toHaveLength(articles.length);
  });
});

describe('a cell of a spreadsheet', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1', '\t=1'])('%j is harmless', (title) => {
    const [row] = parseCsv(exportFormats.csv.row({ ...articles[0]!, title }), {});
    expect(row![1]).toBe(`'${title}`);
  });
});

describe('matchingDocs', () => {
  it('gives the same articles however few the engine lists at once', async () => {
    const store = openStore(service.dataDir);
    const environment = parseEnvironment({ ...process.env, DATA_DIR: service.dataDir });
    const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const engine = await openEngine({ ...environment, log: quiet });
    const { search: client } = await openEngineClients(engine);
    const docs = articles.map(({ doc }) => doc).sort((a, b) => a - b);
    const after = docs[20]!;
    for (const listedAtOnce of [1, 7, docs.length, 10_000]) {
      const found: number[] = [];
      const request = {
        uid: activeIndex(store)!.uid,
        queries: [{ q: '', filters: [], terms: 0 }],
        filters: [],
        sort: 'newest' as const,
        offset: 0,
        limit: 10,
        facets: [],
      };
      for await (const part of matchingDocs(
        store,
        engineList(client, request),
        after,
        undefined,
        listedAtOnce,
      )) {
        expect(part.docs.every((doc) => doc >= part.from)).toBe(true);
        found.push(...part.docs);
      }
      expect(found.sort((a, b) => a - b)).toEqual(docs.filter((doc) => doc > after));
    }
    await engine.stop();
    store.close();
  });
});

describe('createRowCounter', () => {
  it.each(['csv', 'jsonl', 'ris'] as const)(
    'counts the articles in %s however it is cut',
    (format) => {
      fc.assert(
        fc.property(
          fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }),
          fc.integer({ min: 1, max: 40 }),
          (titles, size) => {
            const { head, row } = exportFormats[format];
            const rows = titles.map((title) =>
              row({ ...articles[0]!, title, text: `"${title}\n` }),
            );
            const bytes = Buffer.from(head + rows.join(''));
            const count = createRowCounter(format);
            let counted = 0;
            for (let at = 0; at < bytes.length; at += size)
              counted = count(bytes.subarray(at, at + size));
            expect(counted).toBe(titles.length);
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});
