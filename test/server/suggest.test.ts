import fc from 'fast-check';
import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Suggestion } from '../../server/api/park-schema.ts';
import { suggestResponseSchema } from '../../server/api/park-schema.ts';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import type { TestService } from '../service-for-tests.ts';
import { sharedSampleService } from '../service-for-tests.ts';

let service: TestService;
beforeAll(async () => {
  service = await sharedSampleService();
});

const MOST_BYTES = 4096;

async function suggest(q: string): Promise<readonly Suggestion[]> {
  // A connection of its own: one that was idle for long may end just when it is used again.
  const { text } = await request(service.address)
    .get('/api/suggest')
    .query({ q })
    .set('Connection', 'close')
    .expect(200);
  expect(Buffer.byteLength(text)).toBeLessThan(MOST_BYTES);
  return suggestResponseSchema.parse(JSON.parse(text)).suggestions;
}

const texts = (suggestions: readonly Suggestion[], type: Suggestion['type']) =>
  suggestions.filter((one) => one.type === type).map(({ text }) => text);

async function totalOf(q: string): Promise<number> {
  const response = await fetch(`${service.address}/api/search?q=${encodeURIComponent(q)}`);
  return searchResponseSchema.parse(await response.json()).total;
}

describe('parks', () => {
  it.each([
    ['贵阳', '贵阳高新区'],
    ['贵阳高', '贵阳高新区'],
    ['貴陽', '贵阳高新区'],
    ['阳高新', '贵阳高新区'],
    ['贵阳国家', '贵阳高新区'],
    ['guiyang', '贵阳高新区'],
    ['gyg', '贵阳高新区'],
    ['gygxq', '贵阳高新区'],
    ['ＧＹＧ', '贵阳高新区'],
    ['亦庄', '北京经开区'],
    ['招商 贵阳', '招商 贵阳高新区'],
    ['招商 -贵阳高', '招商 -贵阳高新区'],
    ['园区:贵阳', '园区:贵阳高新区'],
  ])('%s leads to %s', async (typed, expected) => {
    expect(texts(await suggest(typed), 'park')).toContain(expected);
  });

  it('tell where they are and in how many articles', async () => {
    const park = (await suggest('gygxq')).find(({ text }) => text === '贵阳高新区');
    expect(park?.label).toBe('贵州 · 高新区');
    expect(park?.count).toBe(await totalOf('园区:贵阳高新区'));
  });
});

describe('words', () => {
  it.each([
    ['人才', '人才公寓'],
    ['rencai', '人才'],
    ['rcgy', '人才公寓'],
    ['园区 人才公', '园区 人才公寓'],
    ['標題:人才公', '標題:人才公寓'],
  ])('%s leads to %s', async (typed, expected) => {
    expect(texts(await suggest(typed), 'word')).toContain(expected);
  });

  it('stand in so many articles', async () => {
    const word = (await suggest('人才')).find(({ type }) => type === 'word');
    expect(word?.count).toBe(await totalOf(word?.text ?? ''));
  });

  it('leave no room for stop words and names of parks', async () => {
    const words = texts(await suggest('贵阳'), 'word');
    expect(words).not.toContain('贵阳高新区');
    expect(texts(await suggest('的'), 'word')).toEqual([]);
  });
});

describe('titles', () => {
  it('contain what is typed, wherever it stands, the newest first', async () => {
    const found = (await suggest('公寓')).filter(({ type }) => type === 'title');
    expect(found.length).toBeGreaterThan(0);
    for (const { text, count } of found) {
      expect(text).toContain('公寓');
      expect(count).toBeGreaterThanOrEqual(1);
    }
    const dates = found.map(({ label }) => label.slice(0, 7));
    expect(dates).toEqual([...dates].sort().reverse());
  });

  it('contain all of several words', async () => {
    for (const text of texts(await suggest('公寓 人才'), 'title')) {
      expect(text).toContain('公寓');
      expect(text).toContain('人才');
    }
  });

  it('find their article when quoted', async () => {
    const [title] = texts(await suggest('公寓'), 'title');
    expect(await totalOf(`"${title}"`)).toBeGreaterThan(0);
  });
});

describe('any text', () => {
  it.each(['', '   ', '的', '"', '-', '日期:20', '来源:示例', '（', '%', '😀', '<script>'])(
    '%j has an answer',
    async (typed) => {
      expect((await suggest(typed)).length).toBeLessThanOrEqual(8);
    },
  );

  it('whatsoever has an answer that fits a packet or two', async () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({
        unit: fc.constantFrom(...Array.from('园区高新人才招商-"(:：|“　 a1gy贵')),
        maxLength: 12,
      }),
    );
    await fc.assert(
      fc.asyncProperty(typed, async (text) => {
        await suggest(text);
      }),
      { numRuns: 60 },
    );
  });

  it('that is too long is refused with the reason', async () => {
    const response = await fetch(`${service.address}/api/suggest?q=${'a'.repeat(201)}`);
    expect(response.status).toBe(400);
  });

  it('may be given up by the browser at any moment', async () => {
    for (const typed of ['g', 'gu', 'gui', 'guiy']) {
      const asked = new AbortController();
      const answer = fetch(`${service.address}/api/suggest?q=${typed}`, { signal: asked.signal });
      setImmediate(() => asked.abort());
      await answer.catch((error: unknown) => expect((error as Error).name).toBe('AbortError'));
    }
    expect(texts(await suggest('guiyang'), 'park')).toContain('贵阳高新区');
  });
});
