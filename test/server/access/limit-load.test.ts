import express from 'express';
import { pinoHttp } from 'pino-http';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { limitLoad } from '../../../server/access/limit-load.ts';
import { createErrorHandler } from '../../../server/http-error.ts';

describe('limitLoad', () => {
  it('turns away what comes on top, and lets others in as soon as one is answered', async () => {
    const held: (() => void)[] = [];
    const app = express();
    app.use(pinoHttp({ level: 'silent' }), limitLoad(2));
    app.get('/api/slow', (_request, response) => void held.push(() => response.json({})));
    app.get('/api/quick', (_request, response) => void response.json({}));
    app.use(createErrorHandler((_answer, _request, response) => response.end()));
    const server = app.listen(0, '127.0.0.1');
    try {
      const slow = [1, 2].map(() => request(server).get('/api/slow').then());
      while (held.length < 2) await new Promise((done) => setTimeout(done, 10));
      const refused = await request(server).get('/api/quick').expect(503);
      expect(refused.body).toMatchObject({ error: { code: 'busy' } });
      expect(Number(refused.get('Retry-After'))).toBeGreaterThan(0);
      held[0]!();
      await slow[0];
      await request(server).get('/api/quick').expect(200);
      held[1]!();
      await slow[1];
    } finally {
      server.close();
    }
  });
});
