import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadAssets } from '../../../server/assets/assets.ts';
import type { Assets } from '../../../server/assets/assets.ts';
import { pageShell } from '../../../server/pages/page-shell.ts';

describe('loadAssets', () => {
  let assets: Assets;
  beforeAll(async () => {
    assets = await loadAssets();
  });

  it('bundles the browser code into one script without imports', () => {
    const script = assets.get('app.js')!;
    expect(script.type).toBe('text/javascript; charset=utf-8');
    expect(script.body.toString()).not.toMatch(/\bimport\b/);
  });

  it('is small: style below 15 KB, all below 20 KB compressed', () => {
    expect(assets.get('style.css')!.body.length).toBeLessThan(15_000);
    const compressed = [...assets.values()].map(({ body }) => gzipSync(body).length);
    expect(compressed.reduce((sum, size) => sum + size, 0)).toBeLessThan(20_000);
  });

  it('fetches nothing from elsewhere', () => {
    expect(assets.get('style.css')!.body.toString()).not.toMatch(/url\(|@import/);
  });

  it('has addresses that change with the content', () => {
    expect(pageShell(assets).styleHref).toMatch(/^\/assets\/style\.css\?v=[0-9a-f]{16}$/);
  });
});
