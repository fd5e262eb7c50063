import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordFindings } from '../../indexer/ledger/file-intake.ts';
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
