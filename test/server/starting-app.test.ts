import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadEnglishPhrases } from '../../config/english-phrases.ts';
import { loadAssets } from '../../server/assets/assets.ts';
import { createStartingApp } from '../../server/create-starting-app.ts';
import { createLocaliser } from '../../server/languages/localise.ts';
import type { StartStep } from '../../server/pages/starting-page.ts';
import { createPageSender } from '../../server/pages/send-page.ts';

let app: ReturnType<typeof createStartingApp>;
let step: StartStep;
beforeAll(async () => {
  const assets = await loadAssets();
  const sendPage = createPageSender(assets, createLocaliser(loadEnglishPhrases().pages));
  app = createStartingApp({ assets, sendPage, step: () => step });
});

describe('What answers until the service can', () => {
  it('tells how far the samples are, in the reader’s language and to programs', async () => {
    step = { doing: 'taking-in-samples', files: 48, ofFiles: 96, articles: 1_050 };
    const page = await request(app).get('/?lang=en').expect(503);
    expect(page.text).toContain('Taking in the sample stories: 48 of 96 files, 1,050 stories');
    expect(page.text).toMatch(/<progress\s+aria-label="Progress"\s+value="48"\s+max="96"\s*>/);
    const answer = await request(app).get('/api/search?q=x').expect(503);
    expect(answer.body).toEqual({
      error: {
        code: 'index-not-ready',
        message: '正在收录示例数据：48/96 个文件，1,050 篇报道，请稍后再试',
      },
    });
  });

  it('stands for the page that was asked for, is kept nowhere, and reloads it', async () => {
    step = { doing: 'building-index', percent: 42 };
    for (const path of ['/', '/search?q=x', '/articles/a-1', '/admin', '/assets/none', '/%ff']) {
      const { headers, text } = await request(app).get(path).expect(503);
      expect(text, path).toContain('正在建立索引（已完成 42%）');
      expect(headers, path).toMatchObject({
        refresh: '2',
        'retry-after': '2',
        'cache-control': 'no-store',
        'content-security-policy': expect.stringContaining("default-src 'none'") as string,
      });
    }
  });

  it('does not have a form that was sent asked for again as a page', async () => {
    const { headers } = await request(app).post('/saved').send('name=x').expect(503);
    expect(headers['refresh']).toBeUndefined();
  });

  it('is alive, not ready, and has style and icon', async () => {
    await request(app).get('/healthz').expect(200, { status: 'ok' });
    await request(app).get('/readyz').expect(503);
    await request(app).get('/assets/style.css').expect(200);
  });
});
