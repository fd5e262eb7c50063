import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWebhookSite, until } from './webhook-site.ts';

const site = openWebhookSite();

const documentation = join(import.meta.dirname, '../../docs/webhooks.md');
type Check = (headers: IncomingHttpHeaders, body: string, secret: string) => boolean;

/** The receiver’s side as the documentation has it. */
async function documentedCheck(): Promise<Check> {
  const [, code = ''] = /```js\n([^]*?)```/.exec(readFileSync(documentation, 'utf8')) ?? [];
  const made = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    readonly isGenuine: Check;
  };
  return made.isGenuine;
}

describe('a webhook', () => {
  it('is sent again nothing that was given up, whatever is changed later', async () => {
    const { path, url, saved, state } = await site.follow();
    site.answers = Array.from({ length: 50 }, () => 503);
    await site.take('lost');
    await until(async () => (await state()).problem !== null);
    await site.stop();
    site.change('UPDATE webhook_deliveries SET attempts = 19');
    await site.start('on');
    await until(async () => (await state()).state === 'given-up');
    expect(await state()).toMatchObject({ givenUp: 1, problem: '对方回答 503' });
    expect((await state()).failedAt).not.toBeNull();
    await site.stop();
    site.answers = [];
    site.received = [];
    await site.start('on');
    expect((await state()).state).toBe('given-up');
    const client = site.client();
    await client.send('PUT', path, { body: { url }, token: saved.token });
    expect(await state()).toMatchObject({ state: 'idle', givenUp: 0 });
    await site.take('next');
    await until(() => site.received.length > 0);
    await site.take('last');
    await until(() => site.received.length > 1);
    expect(site.ids()).toEqual([['next'], ['last']]);
  });

  it('pauses after three that were given up, until its owner sets it again', async () => {
    const { path, url, saved, state } = await site.follow('/paused');
    await site.follow();
    site.change(
      `INSERT INTO webhook_deliveries (id, search_id, body, given_up, created_at)
       SELECT n.value, '${saved.id}', '{}', 1, '' FROM json_each('["a", "b", "c"]') AS n`,
    );
    expect(await state()).toMatchObject({ state: 'paused', givenUp: 3 });
    await site.take('meanwhile');
    await until(() => site.received.length > 0);
    await site.take('later');
    await until(() => site.received.length > 1);
    expect(site.received.map((delivery) => delivery.path)).toEqual(['/hook', '/hook']);
    const client = site.client();
    await client.send('PUT', path, { body: { url }, token: saved.token });
    await until(() => site.received.length > 2);
    expect(site.received[2]!.path).toBe('/paused');
    expect(site.ids()[2]).toEqual(['meanwhile', 'later']);
  });

  it('is signed, so that receivers know whose it is and drop what they have', async () => {
    const isGenuine = await documentedCheck();
    const { url, secret, path, saved, state } = await site.follow('/never');
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/u);
    expect(Object.keys(await state())).not.toContain('secret');
    await site.take('first');
    await until(() => site.received.length === 1);
    // Dies between the receiver’s having it and the noting of that.
    await site.stop();
    await site.start('on');
    await until(() => site.received.length === 2);
    const client = site.client();
    const moved = { url: url.replace('/never', '/hook') };
    const again = await client.send('PUT', path, { body: moved, token: saved.token });
    expect(Object.keys((await again.json()) as object)).not.toContain('secret');
    await until(async () => (await state()).deliveredAt !== null);
    expect(new Set(site.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    for (const { headers, body, deliveryId } of site.received) {
      expect(headers['webhook-id']).toBe(deliveryId);
      expect(isGenuine(headers, body, secret)).toBe(true);
      expect(isGenuine(headers, `${body} `, secret)).toBe(false);
      expect(isGenuine({ ...headers, 'webhook-id': 'other' }, body, secret)).toBe(false);
      expect(isGenuine(headers, body, `whsec_${'A'.repeat(43)}=`)).toBe(false);
    }
  });

  it('waits for no other receiver, and reads no answer to its end', async () => {
    const never = await site.follow('/never');
    const endless = await site.follow('/endless');
    const quick = await site.follow();
    await site.take('first');
    await until(async () => (await quick.state()).deliveredAt !== null);
    await until(async () => (await endless.state()).deliveredAt !== null);
    await until(() => site.letGo.includes('/endless'));
    await until(() => site.received.some(({ path }) => path === '/never'));
    expect((await never.state()).deliveredAt).toBeNull();
  });

  it('ends with its saved search, and so does what waits to be sent', async () => {
    const { path, saved, state } = await site.follow();
    site.answers = Array.from({ length: 50 }, () => 503);
    await site.take('unwanted');
    await until(async () => (await state()).problem !== null);
    const { send } = site.client();
    const search = `/api/saved-searches/${saved.id}`;
    const { token } = saved;
    expect((await send('DELETE', search, { token })).status).toBe(204);
    const tried = site.received.length;
    expect((await send('POST', `${search}/restore`, { token })).status).toBe(200);
    expect((await send('GET', path, { token })).status).toBe(404);
    // By another, whoever is told at all has been told.
    await site.follow('/other');
    await site.take('wanted');
    await until(() => site.received.some((delivery) => delivery.path === '/other'));
    expect(site.received.slice(tried).map((delivery) => delivery.path)).toEqual(['/other']);
  });
});
