import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { Router } from 'express';
import { activeIndex } from '../../indexer/push/index-registry.ts';
import { countArticles } from '../../indexer/store/articles.ts';
import { countChangesAfter } from '../../indexer/store/changes.ts';
import { countFindings, latestFindings } from '../../indexer/store/findings.ts';
import type { ServerContext } from '../context.ts';
import { HttpError } from '../http-error.ts';
import { adminPage } from '../pages/admin-page.ts';
import { pageShell } from '../pages/page-shell.ts';

const MAX_SHOWN = 500;

/**
 * `/admin`: for whoever has `ADMIN_TOKEN` (as the password, under any name); without one configured,
 * for this machine only, because it names files of the disk.
 */
export function adminRoutes({ store, assets, adminToken }: ServerContext): Router {
  const shell = pageShell(assets);
  const router = Router();

  router.get('/', (request, response) => {
    if (adminToken === undefined) {
      if (!isFromThisMachine(request))
        throw new HttpError(403, 'forbidden', '没有设置 ADMIN_TOKEN，管理页只在本机可用');
    } else if (!knowsToken(request, adminToken)) {
      response.set('WWW-Authenticate', 'Basic realm="admin", charset="UTF-8"');
      throw new HttpError(401, 'unauthorized', '请以 ADMIN_TOKEN 为口令登录，用户名任意');
    }
    response.set('Cache-Control', 'no-store').type('html');
    response.send(
      adminPage(shell, {
        articles: countArticles(store),
        ...countFindings(store),
        waiting: countChangesAfter(store, activeIndex(store)?.appliedSeq ?? 0),
        findings: latestFindings(store, MAX_SHOWN),
      }),
    );
  });

  return router;
}

function isFromThisMachine(request: Request): boolean {
  const address = request.socket.remoteAddress ?? '';
  // Behind a proxy every request comes from this machine.
  return (
    /^(?:127\.|::1$|::ffff:127\.)/.test(address) && request.get('x-forwarded-for') === undefined
  );
}

function knowsToken(request: Request, token: string): boolean {
  const encoded = /^Basic (\S+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
  const given = Buffer.from(encoded, 'base64')
    .toString()
    .replace(/^[^:]*:/, '');
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(token));
}
