import fc from 'fast-check';
import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { errorResponseSchema } from '../../server/api/small-schemas.ts';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import { QUERY_SIGNS } from '../fuzz/fuzz-request.ts';
import type { TestService } from '../service-for-tests.ts';
import { sharedSampleService } from '../service-for-tests.ts';

let service: TestService;
beforeAll(async () => {
  service = await sharedSampleService();
});

const query = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...QUERY_SIGNS) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(''));

describe('any query', () => {
  it('in quotes is a phrase, also where it would be no query without them', async () => {
    for (const path of ['/api/search', '/search'])
      expect((await request(service.address).get(path).query({ q: '"日期:.."' })).status).toBe(200);
  });

  it('is answered, or refused with the reason, by the API and by the page', async () => {
    await fc.assert(
      fc.asyncProperty(query, fc.constantFrom('relevance', 'newest'), async (q, sort) => {
        const ask = (path: string) =>
          request(service.address).get(path).query({ q, sort }).set('Connection', 'close');
        const [api, page] = await Promise.all([ask('/api/search'), ask('/search')]);
        if (api.status === 200) searchResponseSchema.parse(api.body);
        else if (api.status !== 400) throw new Error(`${api.status} ${api.text}`);
        else errorResponseSchema.parse(api.body);
        if (page.status !== api.status) throw new Error(`page ${page.status}, API ${api.status}`);
      }),
      { numRuns: 120 },
    );
  });
});
