import { beforeAll, describe, expect, it } from 'vitest';
import { searchResponseSchema } from '../../../server/api/search-schema.ts';
import type { TestService } from '../../service-for-tests.ts';
import { sharedSampleService } from '../../service-for-tests.ts';

let service: TestService;
beforeAll(async () => {
  service = await sharedSampleService();
});

async function search(q: string, more: Readonly<Record<string, string>> = {}) {
  const response = await fetch(
    `${service.address}/api/search?${new URLSearchParams({ q, size: '50', ...more })}`,
  );
  return searchResponseSchema.parse(await response.json());
}

async function allPages(q: string, size: string): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 1; ; page += 1) {
    const { hits } = await search(q, { size, page: String(page) });
    if (hits.length === 0) return ids;
    ids.push(...hits.map(({ id }) => id));
  }
}

const QUESTION = '哪些园区在跨境电商和人才公寓方面有什么新的办法？';

describe('a question', () => {
  it('is answered by articles with some of its words', async () => {
    const { total, hits } = await search(QUESTION);
    expect(total).toBeGreaterThan(0);
    expect(hits[0]!.snippetHtml).toMatch(/<mark>[^<]*(?:跨境|人才|公寓)/);
  });

  it.each([QUESTION, '园区', '园区 企业', '跨境电商人才公寓营商环境'])(
    'is paged through to the last hit, each once, and the same again: %s',
    async (q) => {
      const { total } = await search(q);
      const ids = await allPages(q, '10');
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toHaveLength(total);
      expect(await allPages(q, '10')).toEqual(ids);
    },
  );

  it('takes quotation marks in it for a quotation when nothing fits to the letter', async () => {
    const found = await search('「跨境电商人才公寓」为何重要？');
    expect(found.total).toBeGreaterThan(0);
    expect(found.query.hints.map(({ type }) => type)).toContain('relaxed');
    expect((await search('「跨境电商人才公寓」')).total).toBe(0);
  });

  it('still leaves out what is excluded', async () => {
    const found = await search('跨境电商 人才公寓 营商环境 中欧班列 -园');
    expect(found.hits.filter(({ title }) => title.includes('园'))).toEqual([]);
  });
});

describe('a date', () => {
  it('is no limit when nothing is of that time', async () => {
    const [dated, plain] = [await search('园区 1950年'), await search('园区', { literal: '' })];
    expect(plain.total).toBeGreaterThan(0);
    expect(dated.query.rewrites.filter(({ type }) => type === 'date')).toHaveLength(
      dated.total > 0 ? 0 : 1,
    );
    const recent = await search('园区 2022年');
    expect(recent.query.rewrites.map(({ type }) => type)).toContain('date');
    expect(recent.hits.every(({ date }) => date?.startsWith('2022'))).toBe(true);
  });
});
