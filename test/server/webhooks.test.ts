import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { webhookSchema } from '../../server/api/saved-search-schema.ts';
import { openWebhookSite, until } from './webhook-site.ts';

const site = openWebhookSite();

const errorSchema = z.object({ error: z.object({ message: z.string() }) });

describe('a webhook', () => {
  it('is told of new articles once, over failures, redirects and a restart', async () => {
    await site.take('earlier');
    const { saved, state } = await site.follow();
    site.answers = [500, 302];
    await site.take('first');
    await until(async () => (await state()).deliveredAt !== null);
    expect(site.ids()).toEqual([['first'], ['first'], ['first']]);
    expect(new Set(site.received.map(({ deliveryId }) => deliveryId)).size).toBe(1);
    expect(site.received[0]!.deliveryId).toBe(site.received[0]!.news.delivery);
    expect(site.received[0]!.news.savedSearch).toMatchObject({ id: saved.id, name: '青金石' });
    expect(await state()).toMatchObject({ state: 'idle', problem: null });

    await site.stop();
    await site.take('while-away');
    await site.start('on');
    await until(() => site.received.length === 4);
    await site.take('second');
    await until(() => site.received.length === 5);
    expect(site.ids().slice(3)).toEqual([['while-away'], ['second']]);
  });

  it('goes on after a restart with what the receiver did not take', async () => {
    const { state } = await site.follow();
    site.answers = Array.from({ length: 50 }, () => 503);
    await site.take('stubborn');
    await until(async () => (await state()).problem !== null);
    expect(await state()).toMatchObject({ state: 'waiting', problem: '对方回答 503' });
    await site.stop();
    const { deliveryId } = site.received[0]!;
    site.answers = [];
    site.received = [];
    await site.start('on');
    await until(async () => (await state()).state === 'idle');
    expect(site.ids()).toEqual([['stubborn']]);
    expect(site.received[0]!.deliveryId).toBe(deliveryId);
  });

  it('is the owner’s alone', async () => {
    const { path, saved } = await site.follow();
    const client = site.client();
    expect((await client.send('GET', path)).status).toBe(403);
    expect((await client.send('PUT', path, { body: { url: site.hook } })).status).toBe(403);
    expect((await client.send('DELETE', path, { token: 'wrong' })).status).toBe(403);
    expect((await client.send('DELETE', path, { token: saved.token })).status).toBe(204);
    expect((await client.send('GET', path, { token: saved.token })).status).toBe(404);
  });

  it('leads nowhere inside the network, neither when it is set nor when it is called', async () => {
    const { path, saved, state } = await site.follow();
    await site.stop();
    await site.start('off');
    await site.take('secret');
    await until(async () => (await state()).problem !== null);
    expect((await state()).problem).toContain('内部网络');
    expect(site.received).toEqual([]);
    const client = site.client();
    for (const url of [
      site.hook,
      'http://localhost:1/',
      'http://[::1]/',
      'http://[::ffff:10.0.0.1]/',
      'http://[::127.0.0.1]/',
      'http://localhost./',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://169.254.169.254/latest/meta-data',
      'http://10.1.2.3/',
      'http://user:secret@example.com/',
      'ftp://example.com/',
      'file:///etc/passwd',
      'nonsense',
    ]) {
      const answer = await client.send('PUT', path, { body: { url }, token: saved.token });
      expect(answer.status, url).toBe(400);
    }
  });

  it('is refused, and what goes wrong is told, in the language of the reader’s pages', async () => {
    const { path, saved } = await site.follow();
    await site.stop();
    await site.start('off');
    const { send } = site.client();
    const refusal = async (url: string, language?: 'en' | 'zh-Hant') => {
      const body = { url };
      const answer = await send('PUT', path, {
        body,
        token: saved.token,
        ...(language && { language }),
      });
      return errorSchema.parse(await answer.json()).error.message;
    };
    expect(await refusal('http://10.1.2.3/')).toBe(
      '推送网址 10.1.2.3 指向本机或内部网络，不能使用',
    );
    expect(await refusal('http://10.1.2.3/', 'zh-Hant')).toBe(
      '推送網址 10.1.2.3 指向本機或內部網絡，不能使用',
    );
    expect(await refusal('http://10.1.2.3/', 'en')).toMatch(/^10\.1\.2\.3 leads to this machine/);
    expect(await refusal('ftp://example.com/', 'en')).toMatch(
      /^The address should begin with http/,
    );
    expect(await refusal('http://a:b@example.com/', 'en')).toMatch(/no user name/);
    await site.take('secret');
    const problem = async () => {
      const response = await send('GET', path, { token: saved.token, language: 'en' });
      return webhookSchema.parse(await response.json()).problem;
    };
    await until(async () => (await problem()) !== null);
    expect(await problem()).toMatch(/^127\.0\.0\.1 leads to this machine/);
  });
});
