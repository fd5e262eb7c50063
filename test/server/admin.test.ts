import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordFindings } from '../../indexer/ingest/file-intake.ts';
import { openStore } from '../../indexer/store/database.ts';
import type { TestService } from '../service-for-tests.ts';
import { startTestService } from '../service-for-tests.ts';

const ADMIN_TOKEN = 'a-token-of-sixteen-characters';
let service: TestService;
beforeAll(async () => {
  service = await startTestService({ ADMIN_TOKEN, SAMPLE_CORPUS: 'off' });
});
afterAll(() => service.stop());

const admin = () => request(service.address).get('/admin');

describe('the admin page', () => {
  it('is for whoever has the token', async () => {
    await admin().expect(401).expect('WWW-Authenticate', /Basic/);
    await admin().auth('me', 'wrong').expect(401);
    await admin().auth('me', ADMIN_TOKEN).expect(200);
  });

  it('tells how searches went since the start, and how index and engine are', async () => {
    await request(service.address).get(
      '/search?q=园区'.replace('园区', encodeURIComponent('园区')),
    );
    const { text } = await admin().auth('me', ADMIN_TOKEN).expect(200);
    const { document } = parseHTML(text);
    const facts = new Map(
      [...document.querySelectorAll('dl.facts dt')].map((term) => [
        term.textContent,
        term.nextElementSibling?.textContent.trim(),
      ]),
    );
    expect(facts.get('回答的检索')).toMatch(/^1 次，平均 \d+ 毫秒$/);
    expect(facts.get('检索引擎待办')).toMatch(/^\d+ 项$/);
    expect(facts.get('索引建于')).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC$/);
    const stages = [...document.querySelectorAll('tbody tr')].map(
      (row) => row.children[0]!.textContent,
    );
    expect(stages).toContain('询问检索引擎');
  });

  it('lists what could not be taken in, with place, reason and remedy, as text', async () => {
    const file = join(service.dataDir, '<b>.txt');
    writeFileSync(file, '');
    const store = openStore(service.dataDir);
    recordFindings(store, file, [
      {
        type: 'finding',
        severity: 'rejected',
        file,
        place: '第 3 行',
        reason: '缺少标题',
        remedy: '请补上 title',
      },
    ]);
    store.close();
    const { text } = await admin().auth('me', ADMIN_TOKEN).expect(200);
    for (const part of ['第 3 行', '缺少标题', '请补上 title', '&lt;b&gt;.txt'])
      expect(text).toContain(part);
    expect(text).not.toContain('<b>.txt');
  });
});
