import { beforeAll, describe, expect, it } from 'vitest';
import { savedSearchSchema } from '../../server/api/saved-search-schema.ts';
import type { TestService } from '../service-for-tests.ts';
import { sharedSampleService } from '../service-for-tests.ts';
import { savedSearchClient } from './saved-search-client.ts';

let service: TestService;
let client: ReturnType<typeof savedSearchClient>;
beforeAll(async () => {
  service = await sharedSampleService();
  client = savedSearchClient(service.address);
});

const send = (method: string, path: string, body?: unknown, token?: string) =>
  client.send(method, path, { body, ...(token === undefined ? {} : { token }) });

describe('a saved search', () => {
  it('opens from its link', async () => {
    const saved = await client.save('春天', 'q=营商环境&park=guiyang-gaoxinqu&page=3');
    const opened = await send('GET', `/s/${saved.id}`);
    expect(opened.status).toBe(302);
    const target = new URL(opened.headers.get('location')!, service.address);
    expect(target.pathname).toBe('/search');
    expect(target.searchParams.get('q')).toBe('营商环境');
    expect(target.searchParams.get('park')).toBe('guiyang-gaoxinqu');
    expect(target.searchParams.get('page')).toBeNull();
  });

  it('is changed and deleted by its owner only', async () => {
    const saved = await client.save('旧名', 'q=园区');
    const path = `/api/saved-searches/${saved.id}`;
    expect((await send('PATCH', path, { name: '新名' }, 'wrong')).status).toBe(403);
    expect((await send('DELETE', path)).status).toBe(403);
    const changed = await send('PATCH', path, { name: '新名' }, saved.token);
    expect(savedSearchSchema.parse(await changed.json()).name).toBe('新名');
    expect((await send('DELETE', path, undefined, saved.token)).status).toBe(204);
    expect((await send('GET', path)).status).toBe(404);
    expect((await send('GET', `/s/${saved.id}`)).status).toBe(404);
    expect((await send('POST', `${path}/restore`, undefined, 'wrong')).status).toBe(404);
    const restored = await send('POST', `${path}/restore`, undefined, saved.token);
    expect(savedSearchSchema.parse(await restored.json()).name).toBe('新名');
    expect((await send('GET', `/s/${saved.id}`)).status).toBe(302);
  });

  it('is refused when no page could show it', async () => {
    const bad = await send('POST', '/api/saved-searches', { name: 'x', query: 'from=2022-13' });
    expect(bad.status).toBe(400);
    const nameless = await send('POST', '/api/saved-searches', { name: ' ', query: 'q=a' });
    expect(nameless.status).toBe(400);
    const broken = await fetch(`${service.address}/api/saved-searches`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{',
    });
    expect(broken.status).toBe(400);
  });
});
