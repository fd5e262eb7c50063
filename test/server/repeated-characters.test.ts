import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestService } from '../service-for-tests.ts';
import { startServiceOver } from './crafted-corpus.ts';

/** Where every place matches, time must not grow with the square of the length. */
describe('a text of one character, and a query of the same', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startServiceOver([
      { id: 'long', title: '长', text: '长'.repeat(10_000), date: '2022-03-01' },
      { id: 'other', title: '数', text: '数'.repeat(100), date: '2022-03-01' },
    ]);
  });
  afterAll(() => service.stop());

  it.each(['长'.repeat(50), `"${'长'.repeat(50)}"`, '长'])('are answered: %s', async (query) => {
    const page = await fetch(`${service.address}/search?q=${encodeURIComponent(query)}`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<mark>长');
    const article = await fetch(`${service.address}/articles/long?q=${encodeURIComponent(query)}`);
    expect(article.status).toBe(200);
  });
});
