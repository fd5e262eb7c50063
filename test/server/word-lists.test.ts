import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { activeIndex } from '../../indexer/push/index-registry.ts';
import { latestSeq } from '../../indexer/store/changes.ts';
import { openStore, type Store } from '../../indexer/store/database.ts';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import { startTestService, temporaryFolder, type TestService } from '../service-for-tests.ts';
import { copyWordLists, editWordList, parkLine } from '../word-lists-for-tests.ts';

const PARK = 'guiyang-gaoxinqu';
const folder = temporaryFolder();
const lists = join(folder, 'lists');
let service: TestService;
let store: Store;
let log = '';
/** Why answers said that the index is being made anew. */
const told = new Set<string>();

beforeAll(async () => {
  copyWordLists(lists);
  editWordList(lists, 'parks/parks.jsonl', (content) => content.replace(parkLine(PARK), ''));
  const DATA_DIR = join(folder, 'data');
  const logTo = { write: (line: string) => void (log += line) };
  service = await startTestService({ DATA_DIR, WORD_LISTS: lists, LOG_LEVEL: 'info' }, logTo);
  store = openStore(DATA_DIR);
});
afterAll(async () => {
  store.close();
  await service.stop();
  rmSync(folder, { recursive: true });
});

async function search(parameters: Record<string, string>) {
  const query = new URLSearchParams(parameters).toString();
  const response = await fetch(`${service.address}/api/search?${query}`);
  const body: unknown = await response.json();
  expect(response.status, JSON.stringify(body)).toBe(200);
  const found = searchResponseSchema.parse(body);
  if (found.rebuilding !== undefined) told.add(found.rebuilding.reason);
  return found;
}

const textOf = async (path: string) => (await fetch(service.address + path)).text();

async function termsOf(text: string): Promise<string[]> {
  const response = await fetch(`${service.address}/api/analyze?text=${encodeURIComponent(text)}`);
  const tokens = z.object({ tokens: z.array(z.object({ text: z.string() })) });
  return tokens.parse(await response.json()).tokens.map((token) => token.text);
}

const ASKED = ['跨境电商', '"一窗通办"'];

/** Asks until the condition holds; no search meanwhile fails, or finds more or fewer than the others. */
async function searchUntil(holds: () => Promise<boolean>): Promise<void> {
  const totals = ASKED.map(() => new Set<number>());
  const ask = async () => {
    for (const [at, q] of ASKED.entries()) totals[at]!.add((await search({ q })).total);
  };
  do {
    await ask();
    await sleep(20);
  } while (!(await holds()));
  await ask();
  for (const found of totals) {
    expect([...found]).toHaveLength(1);
    expect([...found][0]).toBeGreaterThan(0);
  }
}

const synonymsOf = async (q: string) =>
  (await search({ q })).query.rewrites.filter(({ type }) => type === 'synonym').map(({ to }) => to);

describe('word lists that are edited while the service runs', () => {
  it('are taken up where only queries are read differently, and nothing is built anew', async () => {
    const former = { index: activeIndex(store), seq: latestSeq(store) };
    expect(await synonymsOf('蜂蜜')).toEqual([]);
    editWordList(lists, 'synonyms.txt', (content) => `${content}\n蜂蜜 => 跨境电商\n`);
    await searchUntil(async () => (await synonymsOf('蜂蜜')).length > 0);
    expect((await search({ q: '蜂蜜' })).total).toBeGreaterThan(0);
    expect({ index: activeIndex(store), seq: latestSeq(store) }).toEqual(former);
  });

  it('make the index anew, with the words that queries are then cut into', async () => {
    const former = activeIndex(store)!;
    expect(await termsOf('示例跨境电商清单')).not.toContain('跨境电商清单');
    editWordList(lists, 'user-dictionary.txt', (content) => `${content}\n跨境电商清单\n`);
    await searchUntil(async () => (await termsOf('示例跨境电商清单')).includes('跨境电商清单'));
    expect([...told]).toContain('词表已改');
    told.clear();
    await search({ q: '跨境电商' });
    expect([...told]).toEqual([]);
    expect(activeIndex(store)!.uid).not.toBe(former.uid);
    expect(activeIndex(store)!.fingerprint).not.toBe(former.fingerprint);
  });

  it('have the parks of the stored articles told again, once all of them are', async () => {
    const seen = new Set<number>();
    expect((await search({ park: PARK })).total).toBe(0);
    editWordList(lists, 'parks/parks.jsonl', (content) => content + parkLine(PARK));
    await searchUntil(async () => {
      const { total } = await search({ park: PARK });
      seen.add(total);
      return total > 0;
    });
    const { total, facets } = await search({ q: '贵阳国家高新区' });
    expect((await search({ park: PARK })).total).toBe([...seen].at(-1));
    expect(seen.size).toBe(2);
    expect(total).toBeGreaterThan(0);
    expect(facets.park.find(({ value }) => value === PARK)?.label).toBe('贵阳高新区');
  });

  it('stay as they were when they are faulty, until they are mended', async () => {
    const faulty = (content: string) => `${content}\n茶叶\n辣椒 => 一窗通办\n`;
    editWordList(lists, 'synonyms.txt', faulty);
    await searchUntil(() => Promise.resolve(log.includes('改过的词表有误')));
    expect(await textOf('/admin')).toMatch(/仍用原来的[^]*同义词表/u);
    expect(log).toMatch(/同义词表.*第 \d+ 行：只有一个词/u);
    expect(await synonymsOf('蜂蜜')).toHaveLength(1);
    expect(await synonymsOf('辣椒')).toEqual([]);
    editWordList(lists, 'synonyms.txt', (content) => content.replace('茶叶\n', ''));
    await searchUntil(async () => (await synonymsOf('辣椒')).length > 0);
  });

  it('are in use after a start as they were before it', async () => {
    await service.stop();
    log = '';
    const DATA_DIR = service.dataDir;
    const logTo = { write: (line: string) => void (log += line) };
    service = await startTestService({ DATA_DIR, WORD_LISTS: lists, LOG_LEVEL: 'info' }, logTo);
    expect((await search({ park: PARK })).total).toBeGreaterThan(0);
    expect(log).not.toMatch(/重建|重认/u);
  });
});

describe('word lists that were edited while the service was stopped', () => {
  it('are followed at the start, the former index answering meanwhile', async () => {
    await service.stop();
    editWordList(lists, 'parks/parks.jsonl', (content) => content.replace(parkLine(PARK), ''));
    const DATA_DIR = service.dataDir;
    service = await startTestService({ DATA_DIR, WORD_LISTS: lists, LOG_LEVEL: 'error' });
    await searchUntil(async () => (await search({ park: PARK })).total === 0);
  });
});
