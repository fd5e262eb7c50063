import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import { HELP_EXAMPLES } from '../../server/pages/help-page.ts';
import type { TestService } from '../service-for-tests.ts';
import { sharedSampleService } from '../service-for-tests.ts';

let service: TestService;
beforeAll(async () => {
  service = await sharedSampleService();
});

const queries = HELP_EXAMPLES.flatMap(({ examples }) => examples.map(({ query }) => query));

describe('the help page', () => {
  it('links every example to its search', async () => {
    const { document } = parseHTML(await (await fetch(`${service.address}/help`)).text());
    const linked = [...document.querySelectorAll('main th a')].map((link) =>
      new URL(link.getAttribute('href')!, service.address).searchParams.get('q'),
    );
    expect(linked).toEqual(queries);
  });

  it.each(queries)('has an example that finds all it asks for: %s', async (query) => {
    const address = `${service.address}/api/search?${new URLSearchParams({ q: query }).toString()}`;
    const found = searchResponseSchema.parse(await (await fetch(address)).json());
    expect(found.total).toBeGreaterThan(0);
    expect(found.query.hints.filter(({ type }) => type === 'relaxed' || type === 'notice')).toEqual(
      [],
    );
  });
});
