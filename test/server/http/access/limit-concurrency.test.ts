import express from 'express';
import { pinoHttp } from 'pino-http';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import {
  createPlaces,
  limitConcurrency,
} from '../../../../server/http/access/limit-concurrency.ts';
import { createErrorHandler } from '../../../../server/routes/error-answer.ts';

describe('limitConcurrency', () => {
  it('turns away who gets no turn in time, and lets others in as soon as one is answered', async () => {
    const held: (() => void)[] = [];
    const app = express();
    const load = limitConcurrency(
      createPlaces({ most: 2, share: 2, mostWaiting: 9, patienceMs: 50 }),
    );
    app.use(pinoHttp({ level: 'silent' }), load.enter);
    app.get('/api/slow', (_request, response) => void held.push(() => response.json({})));
    app.get('/api/quick', (_request, response) => void response.json({}));
    app.get('/api/wrong', () => {
      throw new Error('wrong');
    });
    app.use(load.leave);
    app.use(createErrorHandler((_answer, _request, response) => response.end()));
    const server = app.listen(0, '127.0.0.1');
    try {
      for (let n = 0; n < 3; n += 1) await request(server).get('/api/wrong').expect(500);
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
