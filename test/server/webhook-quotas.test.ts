import { parseHTML } from 'linkedom';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../indexer/store/database.ts';
import { openStore } from '../../indexer/store/database.ts';
import {
  createdSavedSearchSchema,
  webhookListSchema,
} from '../../server/api/saved-search-schema.ts';
import { errorResponseSchema } from '../../server/api/small-schemas.ts';
import { MAX_SAVED_BY_CLIENT } from '../../server/saved-searches/saved-searches.ts';
import { MAX_WEBHOOKS, MAX_WEBHOOKS_BY_CLIENT } from '../../server/webhooks/webhook-store.ts';
import type { TestService } from '../service-for-tests.ts';
import { startTestService } from '../service-for-tests.ts';

const ADMIN_TOKEN = 'a-token-of-sixteen-characters';
/** Nothing listens there, and nothing is to be sent. */
const HOOK = 'http://127.0.0.1:9/secret-path';

let service: TestService;
let store: Store;
beforeAll(async () => {
  service = await startTestService({
    ADMIN_TOKEN,
    SAMPLE_CORPUS: 'off',
    WEBHOOK_PRIVATE: 'on',
    RATE_LIMIT: '0',
    TRUST_PROXY: '1',
  });
  store = openStore(service.dataDir);
});
afterAll(async () => {
  store.close();
  await service.stop();
});

interface Sent {
  readonly client?: string;
  readonly token?: string;
  readonly body?: object;
}
function send(method: 'get' | 'post' | 'put' | 'delete', path: string, sent: Sent = {}) {
  const asked = request(service.address)[method](path);
  asked.set('X-Forwarded-For', sent.client ?? '203.0.113.200');
  if (sent.token !== undefined) asked.auth(sent.token, { type: 'bearer' });
  return sent.body === undefined ? asked : asked.send(sent.body);
}
const messageOf = (response: { readonly body: unknown }) =>
  errorResponseSchema.parse(response.body).error.message;

async function save(sent: Sent = {}) {
  const body = { name: '甲', query: 'q=a' };
  const saved = await send('post', '/api/saved-searches', { ...sent, body }).expect(201);
  const { id, token } = createdSavedSearchSchema.parse(saved.body);
  return { id, token, path: `/api/saved-searches/${id}/webhook` };
}
/** Sets a webhook on a new search; `by` may be the administrator. */
async function hook(client: string, by?: string) {
  const saved = await save({ client });
  const token = by ?? saved.token;
  return { ...saved, set: await send('put', saved.path, { client, token, body: { url: HOOK } }) };
}
function count(table: 'webhooks' | 'saved_searches'): number {
  return store.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()!.n;
}

describe('a client', () => {
  it('has so many webhooks and no more; others and an administrator have theirs', async () => {
    const mine = await Promise.all(
      Array.from({ length: MAX_WEBHOOKS_BY_CLIENT }, () => hook('203.0.113.1')),
    );
    expect(mine.map(({ set }) => set.status)).toEqual(mine.map(() => 200));
    const { set: refused } = await hook('203.0.113.1');
    expect(refused.status).toBe(409);
    expect(messageOf(refused)).toBe(
      `同一网络地址最多设 ${MAX_WEBHOOKS_BY_CLIENT} 个推送，现在已满：请先移除不用的`,
    );
    expect((await hook('203.0.113.2')).set.status).toBe(200);
    expect((await hook('203.0.113.1', ADMIN_TOKEN)).set.status).toBe(200);
    const [{ path, token }] = mine as [(typeof mine)[number]];
    await send('put', path, { client: '203.0.113.1', token, body: { url: HOOK } }).expect(200);
    await send('delete', path, { token }).expect(204);
    expect((await hook('203.0.113.1')).set.status).toBe(200);
  });

  it('is the whole IPv6 network of a household', async () => {
    for (let n = 0; n < MAX_WEBHOOKS_BY_CLIENT; n += 1)
      expect((await hook(`2001:db8:1:${n.toString(16)}::1`)).set.status).toBe(200);
    expect((await hook('2001:db8:1:ff::1')).set.status).toBe(409);
  });

  it('is kept as a hash that a copy of the store does not give away', () => {
    const clients = store
      .prepare<[], { client: string }>('SELECT client FROM webhooks WHERE client IS NOT NULL')
      .all();
    expect(clients.length).toBeGreaterThan(MAX_WEBHOOKS_BY_CLIENT);
    for (const { client } of clients) expect(client).toMatch(/^[\w-]{43}$/);
    expect(store.serialize().includes('203.0.113.1')).toBe(false);
  });

  it('has no more where all are taken', async () => {
    const free = MAX_WEBHOOKS - count('webhooks');
    fill(free, null);
    store.exec(`INSERT INTO webhooks (search_id, url, told)
      SELECT id, '${HOOK}', 0 FROM saved_searches WHERE id LIKE 'fill-%'`);
    const { set } = await hook('203.0.113.3');
    store.exec(`DELETE FROM saved_searches WHERE id LIKE 'fill-%'`);
    expect(set.status).toBe(409);
    expect(messageOf(set)).toBe(`推送最多 ${MAX_WEBHOOKS} 个，现在已满：请管理员移除不用的`);
  });

  it('saves so many searches and no more; those it deleted make room', async () => {
    const first = await save({ client: '203.0.113.4' });
    const { client } = store
      .prepare<[string], { client: string }>('SELECT client FROM saved_searches WHERE id = ?')
      .get(first.id)!;
    fill(MAX_SAVED_BY_CLIENT - 1, client);
    const asked = { client: '203.0.113.4', body: { name: '甲', query: 'q=a' } };
    const refused = await send('post', '/api/saved-searches', asked).expect(409);
    expect(messageOf(refused)).toBe(
      `同一网络地址最多保存 ${MAX_SAVED_BY_CLIENT} 个检索，现在已满：请先删除不用的`,
    );
    const form = await request(service.address)
      .post('/saved')
      .set('X-Forwarded-For', '203.0.113.4')
      .type('form')
      .send(asked.body);
    expect(form.status).toBe(409);
    await send('post', '/api/saved-searches', { ...asked, token: ADMIN_TOKEN }).expect(201);
    await save({ client: '203.0.113.5' });
    await send('delete', `/api/saved-searches/${first.id}`, { token: first.token }).expect(204);
    const all = count('saved_searches');
    for (let n = 0; n < 3; n += 1) {
      const { id, token } = await save(asked);
      await send('delete', `/api/saved-searches/${id}`, { token }).expect(204);
    }
    expect(count('saved_searches')).toBe(all);
  });
});

function fill(howMany: number, client: string | null): void {
  store
    .prepare(
      `INSERT INTO saved_searches (id, name, query, token_hash, created_at, updated_at, client)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @howMany)
       SELECT 'fill-' || coalesce(@client, '') || i, 'x', '', '', '', '', @client FROM n`,
    )
    .run({ howMany, client });
}

describe('an administrator', () => {
  it('sees all webhooks, of their addresses only the host, and removes them', async () => {
    const { id } = await hook('203.0.113.10');
    await send('get', '/api/webhooks').expect(401);
    await send('delete', `/api/webhooks/${id}`).expect(401);
    const listed = await send('get', '/api/webhooks', { token: ADMIN_TOKEN }).expect(200);
    const { webhooks } = webhookListSchema.parse(listed.body);
    expect(webhooks.find((one) => one.id === id)).toMatchObject({ host: '127.0.0.1:9' });
    expect(listed.text).not.toContain('secret-path');
    await send('delete', `/api/webhooks/${id}`, { token: ADMIN_TOKEN }).expect(204);
    await send('delete', `/api/webhooks/${id}`, { token: ADMIN_TOKEN }).expect(404);
  });

  it('removes one from the page, without scripts', async () => {
    const { id } = await hook('203.0.113.11');
    const admin = () => request(service.address).get('/admin').auth('me', ADMIN_TOKEN);
    const form = formWith((await admin().expect(200)).text, id)!;
    expect(form.action).toBe('/admin/webhooks/remove');
    expect(form.row).toContain('127.0.0.1:9');
    const post = () => request(service.address).post(form.action).type('form').send(form.fields);
    await post().expect(401);
    await post().auth('me', ADMIN_TOKEN).expect(303).expect('Location', '/admin#webhooks');
    expect(formWith((await admin().expect(200)).text, id)).toBeNull();
  });

  it('changes and deletes a saved search like its owner', async () => {
    const { id, path } = await hook('203.0.113.12');
    await send('get', path, { token: ADMIN_TOKEN }).expect(200);
    await send('delete', `/api/saved-searches/${id}`, { token: ADMIN_TOKEN }).expect(204);
    await send('get', `/api/saved-searches/${id}`).expect(404);
  });
});

/** The form of a page that has the value in one of its fields, as a browser would send it; null: none has. */
function formWith(page: string, value: string) {
  const { document } = parseHTML(page);
  const forms = [...document.querySelectorAll('form[method="post"]')].map((form) => ({
    action: form.getAttribute('action')!,
    label: form.querySelector('button')?.textContent,
    row: form.closest('tr')?.textContent ?? '',
    fields: Object.fromEntries(
      [...form.querySelectorAll('input')].map((input) => [
        input.getAttribute('name')!,
        input.getAttribute('value') ?? '',
      ]),
    ),
  }));
  return forms.find(({ fields }) => Object.values(fields).includes(value)) ?? null;
}

describe('the owner’s page', () => {
  const post = (path: string, fields: object) =>
    request(service.address).post(path).type('form').send(fields);

  it('sets, shows and removes a webhook without scripts, for whoever has the token', async () => {
    const { id, token } = await save({ client: '203.0.113.20' });
    const path = `/s/${id}/webhook`;
    const { text: asking } = await request(service.address).get(path).expect(200);
    expect(parseHTML(asking).document.querySelector('input[name="token"]')).not.toBeNull();
    const { text: refused } = await post(path, { token: 'wrong' }).expect(403);
    expect(refused).toContain('口令不对');
    await post(path, {}).expect(400);

    const shown = await post(path, { token }).expect(200);
    expect(shown.get('Cache-Control')).toBe('no-store');
    const setting = formWith(shown.text, token)!;
    expect(setting.action).toBe(path);
    const bad = await post(path, { ...setting.fields, url: 'ftp://example.com/' }).expect(400);
    expect(bad.text).toContain('推送网址应以');
    const { text: made } = await post(path, { ...setting.fields, url: HOOK }).expect(200);
    const { document } = parseHTML(made);
    expect(document.querySelector('#webhook-secret')?.textContent).toMatch(/^whsec_/);
    const { text: again } = await post(path, { token }).expect(200);
    expect(again).not.toContain('whsec_');

    const removal = formWith(again, 'remove')!;
    expect(removal.row).toMatch(/127\.0\.0\.1:9\s+正常/);
    await post(removal.action, { ...removal.fields, token: 'wrong' }).expect(403);
    const { text: removed } = await post(removal.action, removal.fields).expect(200);
    expect(formWith(removed, 'remove')).toBeNull();
    expect(formWith(removed, 'set')?.label).toBe('设推送');
  });

  it('says how a webhook fares that was paused, and switches it on again', async () => {
    const { id, token } = await hook('203.0.113.21');
    const path = `/s/${id}/webhook`;
    store
      .prepare(
        `INSERT INTO webhook_deliveries (id, search_id, body, given_up, created_at)
         SELECT n.value || @id, @id, '{}', 1, '' FROM json_each('["a", "b", "c"]') AS n`,
      )
      .run({ id });
    const { text: paused } = await post(path, { token }).expect(200);
    expect(formWith(paused, 'remove')!.row).toContain('接连放弃 3 次，已暂停');
    const { label, fields } = formWith(paused, 'set')!;
    expect(label).toBe('重新开启');
    const { text: going } = await post(path, fields).expect(200);
    expect(formWith(going, 'remove')!.row).toContain('正常');
  });
});
