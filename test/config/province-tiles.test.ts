import { describe, expect, it } from 'vitest';
import { loadGazetteer } from '../../config/gazetteer.ts';
import { loadProvinceTiles } from '../../config/province-tiles.ts';

describe('loadProvinceTiles', () => {
  const tiles = loadProvinceTiles();

  it('has a square for every province of the gazetteer', () => {
    const placed = new Set(tiles.map(({ province }) => province));
    const missing = loadGazetteer().parks.filter(({ province }) => !placed.has(province));
    expect(missing.map(({ province }) => province)).toEqual([]);
  });

  it('gives each of the 34 a place of its own', () => {
    expect(new Set(tiles.map(({ province }) => province)).size).toBe(34);
    expect(new Set(tiles.map(({ column, row }) => `${column},${row}`)).size).toBe(tiles.length);
  });

  it('keeps the directions', () => {
    const at = (name: string) => tiles.find(({ province }) => province === name)!;
    expect(at('黑龙江').row).toBeLessThan(at('海南').row);
    expect(at('新疆').column).toBeLessThan(at('上海').column);
    expect(at('四川').column).toBeLessThan(at('浙江').column);
    expect(at('北京').row).toBeLessThan(at('河南').row);
  });
});
