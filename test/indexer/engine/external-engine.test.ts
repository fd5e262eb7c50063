import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from '../../../indexer/engine/free-port.ts';
import { openEngine } from '../../../indexer/engine/engine.ts';
import type { TestEngine } from '../../engine-for-tests.ts';
import { isOpenToAll, startTestEngine } from '../../engine-for-tests.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const openAt = (meiliUrl: string, meiliMasterKey?: string) =>
  openEngine({ dataDir: '/nowhere', meiliUrl, meiliMasterKey, log: silent });

/** Without a master key it has no keys at all. */
const IS_UNPROTECTED = await isOpenToAll();

async function assertRefused(opening: Promise<unknown>, kind: string, message: RegExp) {
  await expect(opening).rejects.toMatchObject({
    kind,
    message: expect.stringMatching(message) as string,
  });
}

describe('openEngine with MEILI_URL', () => {
  let test: TestEngine;
  beforeAll(async () => {
    test = await startTestEngine();
  });
  afterAll(() => test.stop());

  it('uses the engine there and leaves it running', async () => {
    const { url, masterKey, version } = test.engine;
    const engine = await openAt(url, masterKey);
    expect(engine).toMatchObject({ url, masterKey, version, owned: false, freshIndex: false });
    await engine.stop();
    expect((await fetch(`${url}/health`)).ok).toBe(true);
  });

  it.skipIf(IS_UNPROTECTED)('says that the key is wrong, without showing it', async () => {
    const opening = openAt(test.engine.url, 'a-wrong-key-of-some-length');
    await assertRefused(opening, 'wrong-key', /不接受 MEILI_MASTER_KEY（invalid_api_key）/);
    await expect(opening).rejects.not.toThrow('a-wrong-key');
  });

  it.skipIf(IS_UNPROTECTED)('says that a key is needed', () =>
    assertRefused(openAt(test.engine.url), 'wrong-key', /要求密钥，请设置 MEILI_MASTER_KEY/),
  );

  it('does not discard data that are not ours', async () => {
    const engine = await openAt(test.engine.url, test.engine.masterKey);
    await assertRefused(engine.discardData('索引损坏'), 'damaged-data', /不归本程序管理.*rebuild/);
  });

  it('says that nobody listens there', async () => {
    const url = `http://127.0.0.1:${await findFreePort()}`;
    await assertRefused(openAt(url, 'key'), 'unreachable', /连不上 MEILI_URL（http:\/\/127/);
  });

  describe('and something else there', () => {
    let server: Server | undefined;
    afterEach(() => {
      server?.closeAllConnections();
      server?.close();
    });
    async function serve(answer: RequestListener): Promise<string> {
      server = createServer(answer).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      return `http://127.0.0.1:${address.port}`;
    }

    it('says that it is no Meilisearch', async () => {
      const url = await serve((_, response) => response.end('<h1>hello</h1>'));
      await assertRefused(
        openAt(url, 'key'),
        'unreachable',
        /不是 Meilisearch（\/version 返回状态 200）/,
      );
    });

    const json = (body: string, status = 200) => [status, body] as const;
    const itsVersion = json('{"pkgVersion":"1.21.0"}');
    it.each<[string, readonly [number, string], (readonly [number, string])?]>([
      ['an object', json('{"status":"ok"}')],
      ['a list', json('[]')],
      ['null', json('null')],
      ['nothing', json('')],
      ['a version of another kind', json('{"version":{"number":"8.1.0"}}')],
      ['a version that is none', json('{"pkgVersion":"latest"}')],
      ['404 in JSON', json('{"error":{"code":"not-found"}}', 404)],
      ['a redirection', json('', 302)],
      ['a version, and everything else with an object', itsVersion, json('{}')],
      ['a version, and everything else with a list', itsVersion, json('[]')],
      ['a version, and everything else with null', itsVersion, json('null')],
      ['a version, and everything else with a page', itsVersion, json('<h1>hello</h1>')],
      ['a version, and nothing else', itsVersion, json('{"message":"no"}', 404)],
      ['the same version to everything', itsVersion, itsVersion],
    ])(
      'says that it is no Meilisearch when it answers %s',
      async (_, version, others = version) => {
        const url = await serve((request, response) => {
          const [status, body] = request.url === '/version' ? version : others;
          response.writeHead(status, { 'Content-Type': 'application/json', Location: '/version' });
          response.end(body);
        });
        for (const key of [undefined, 'some-key-of-16-signs'])
          await assertRefused(
            openAt(url, key),
            'unreachable',
            /^MEILI_URL（.*不是 Meilisearch.*请检查地址和端口；不设 MEILI_URL/,
          );
      },
    );

    it('says that it is too old', async () => {
      const url = await serve((request, response) => {
        if (request.url !== '/version') throw new Error(`unexpected ${request.url}`);
        response.end(JSON.stringify({ pkgVersion: '1.9.1', commitSha: '', commitDate: '' }));
      });
      await assertRefused(openAt(url, 'key'), 'unsupported-version', /1\.9\.1 版，太旧/);
    });

    it('does not wait for ever for an answer', async () => {
      const url = await serve(() => undefined);
      await assertRefused(openAt(url, 'key'), 'unreachable', /5 秒内没有应答/);
    });

    it('says that the connection was dropped', async () => {
      const url = await serve((request) => request.socket.destroy());
      await assertRefused(openAt(url, 'key'), 'unreachable', /连不上 MEILI_URL/);
    });
  });
});
