import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadAssets, scriptName } from '../../../server/assets/assets.ts';
import type { Assets } from '../../../server/assets/assets.ts';
import { LANGUAGES } from '../../../server/languages/language.ts';

describe('loadAssets', () => {
  let assets: Assets;
  beforeAll(async () => {
    assets = await loadAssets();
  });

  it.each(LANGUAGES)(
    'bundles the browser code into one script without imports (%s)',
    (language) => {
      const script = assets.get(scriptName(language))!;
      expect(script.type).toBe('text/javascript; charset=utf-8');
      expect(script.body.toString()).not.toMatch(/\bimport\b/);
    },
  );

  it.each(LANGUAGES)(
    'is small: style below 15.5 KB, all of a page below 20 KB compressed (%s)',
    (language) => {
      expect(assets.get('style.css')!.body.length).toBeLessThan(15_500);
      const used = ['style.css', 'icon.svg', scriptName(language)];
      const compressed = used.map((name) => gzipSync(assets.get(name)!.body).length);
      expect(compressed.reduce((sum, size) => sum + size, 0)).toBeLessThan(20_000);
    },
  );

  it('fetches nothing from elsewhere', () => {
    expect(assets.get('style.css')!.body.toString()).not.toMatch(/url\(|@import/);
  });

  it('has addresses that change with the content', () => {
    expect(assets.get('style.css')!.href).toMatch(/^\/assets\/style\.css\?v=[0-9a-f]{16}$/);
  });
});
