import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../../indexer/core/log.ts';

const SECRETS = {
  adminToken: 'admin-"token"-of-many-characters',
  readToken: 'read\\token 口令 of many characters',
  meiliMasterKey: 'master-key-of-many-characters',
};

/** What the log writes of an object. */
function written(object: object, message: string, isTerminal = false): string {
  const destination = new PassThrough();
  createLog({ logLevel: 'info', ...SECRETS }, { destination, isTerminal }).info(object, message);
  return stripVTControlCharacters(String(destination.read()));
}

describe('createLog', () => {
  it.each(Object.entries(SECRETS))('hides %s wherever it stands', (_name, secret) => {
    const cause = new Error(`no ${secret}`);
    const line = written(
      {
        err: new Error(`refused ${secret}`, { cause }),
        request: { headers: { 'x-key': secret }, url: `/search?q=${encodeURIComponent(secret)}` },
      },
      `said ${secret}`,
    );
    for (const spelling of [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
    ])
      expect(line).not.toContain(spelling);
    expect(JSON.parse(line)).toMatchObject({ msg: 'said [已隐去]' });
  });

  it('hides the credentials of a request that an error carries', () => {
    const headers = { authorization: 'Bearer a1b2.c3-d4_e5', other: ['Basic bWU6c2VjcmV0'] };
    const line = written({ err: Object.assign(new Error('x'), { request: { headers } }) }, 'y');
    expect(line).not.toMatch(/a1b2|bWU6/);
    expect(JSON.parse(line)).toBeTypeOf('object');
  });

  it('leaves the rest alone', () => {
    expect(JSON.parse(written({ q: '贵阳 Basic' }, '检索'))).toMatchObject({ q: '贵阳 Basic' });
  });
});

describe('createLog on a terminal', () => {
  it('writes one line with time, level, message and fields', () => {
    expect(written({ client: '10.0.0.7', tries: { left: 2 } }, '登录失败', true)).toMatch(
      /^\[\d\d:\d\d:\d\d\] INFO: 登录失败 client=10\.0\.0\.7 tries=\{"left":2\}\n$/u,
    );
  });

  it('writes a request and its error in one line, without the stack', () => {
    const req = { id: 'a1', method: 'GET', url: '/search?q=x' };
    const about = { req, res: { statusCode: 503 }, responseTime: 12.4, err: new Error('refused') };
    expect(written(about, '引擎不可用', true)).toMatch(
      / INFO: 引擎不可用 refused GET \/search\?q=x → 503 12 ms #a1\n$/u,
    );
  });

  it('writes the stack as well when a fault is looked for', () => {
    const destination = new PassThrough();
    const log = createLog({ ...SECRETS, logLevel: 'debug' }, { destination, isTerminal: true });
    log.error({ err: new Error('refused') }, '没有完成');
    expect(String(destination.read())).toMatch(/没有完成 refused.*\n {4}Error: refused\n +at /u);
  });

  it('hides the same secrets, and lets nothing of others move the cursor or begin a line', () => {
    const line = written(
      { q: 'a\u001b[2J\u0007\u202eb\nfaked', token: SECRETS.adminToken },
      'said\r\nmore \u009b1A',
      true,
    );
    expect(line).toContain('token=[已隐去]');
    expect(line).toContain('q=a [2J b faked');
    expect(line).toMatch(/^[^\p{Cc}\u202e]+\n$/u);
  });

  it('writes a line that has no fields or strange ones', () => {
    expect(written({}, '已停止', true)).toMatch(/ INFO: 已停止\n$/u);
    expect(written({ req: 'odd', err: null }, '已停止', true)).toMatch(/ INFO: 已停止\n$/u);
  });
});
