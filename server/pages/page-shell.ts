import type { Assets } from '../assets/assets.ts';
import type { PageShell } from './layout.ts';

/**
 * The asset addresses that every page needs.
 * @throws when an asset is missing.
 */
export function pageShell(assets: Assets): PageShell {
  const href = (name: string): string => {
    const asset = assets.get(name);
    if (asset === undefined) throw new Error(`asset ${name} was not loaded`);
    return asset.href;
  };
  return {
    styleHref: href('style.css'),
    scriptHref: href('app.js'),
    iconHref: href('icon.svg'),
  };
}
