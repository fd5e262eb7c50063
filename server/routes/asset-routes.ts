import { Router } from 'express';
import type { Assets } from '../assets/assets.ts';
import { HttpError } from '../http/http-error.ts';

/** `/assets/`: style, browser code and icon. */
export function assetRoutes(assets: Assets): Router {
  const router = Router();
  router.get('/:name', (request, response) => {
    const asset = assets.get(request.params.name);
    if (asset === undefined) throw new HttpError(404, 'not-found', '没有这个文件');
    response.set({
      'Content-Type': asset.type,
      // Without the right hash in its address the file may change under it.
      'Cache-Control':
        request.query['v'] === asset.hash ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    response.send(asset.body);
  });
  return router;
}
