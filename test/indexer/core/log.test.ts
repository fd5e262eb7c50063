import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../../indexer/core/log.ts';

const SECRETS = {
  adminToken: 'admin-"token"-of-many-characters',
  readToken: 'read\\token 口令 of many characters',
  meiliMasterKey: 'master-key-of-many-characters',
};

/** What the log writes of an object. */
function written(object: object, message: string): string {
  const stream = new PassThrough();
  createLog({ logLevel: 'info', ...SECRETS }, stream).info(object, message);
  return String(stream.read());
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
