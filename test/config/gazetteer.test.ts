import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GazetteerError, loadGazetteer, parkTypeLabel, parkTypes } from '../../config/gazetteer.ts';

const shipped = fileURLToPath(new URL('../../config/parks/', import.meta.url));

describe('loadGazetteer', () => {
  const gazetteer = loadGazetteer();

  it('reads all parks of the shipped file', () => {
    expect(gazetteer.parks).toHaveLength(731);
    expect(gazetteer.byId.size).toBe(731);
    expect(gazetteer.parks.filter(({ status }) => status === 'withdrawn')).toHaveLength(4);
  });

  it('carries over every fact of a park', () => {
    expect(byName('武汉临空港经开区')).toMatchObject({
      name: '武汉临空港经开区',
      type: 'economic',
      level: 'national',
      province: '湖北',
      city: '武汉',
      cities: ['武汉'],
      formerNames: [{ name: '武汉吴家山经济技术开发区' }],
      status: 'current',
    });
    expect(byName('苏南国家自主创新示范区').cities).toEqual([
      '南京',
      '无锡',
      '常州',
      '苏州',
      '镇江',
    ]);
    expect(byName('张江科学城').partOf).toBe('shanghaizhangjiang-gaoxinqu');
  });

  it('is frozen', () => {
    expect(Object.isFrozen(gazetteer)).toBe(true);
    expect(Object.isFrozen(gazetteer.parks)).toBe(true);
    expect(Object.isFrozen(gazetteer.parks[0])).toBe(true);
    expect(Object.isFrozen(gazetteer.parks[0]?.aliases)).toBe(true);
  });

  it('has no generic word among the names that are enough alone', () => {
    const names = gazetteer.parks.flatMap((park) => [park.name, park.fullName, ...park.aliases]);
    expect(names.filter((name) => gazetteer.traps.generic.has(name))).toEqual([]);
  });

  function byName(name: string) {
    const park = gazetteer.parks.find((other) => other.name === name);
    if (park === undefined) throw new Error(`no park ${name}`);
    return park;
  }
});

describe('loadGazetteer with a faulty file', () => {
  let folder: string;
  const line = {
    id: 'shili-gaoxinqu',
    name: '示例高新区',
    full_name: '示例高新技术产业开发区',
    type: 'high-tech',
    level: 'national',
    province: '示例',
    city: '示例',
    aliases: ['示例国家高新区'],
    ambiguous_aliases: [],
    status: 'current',
    source: ['knowledge'],
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parks-'));
    writeFileSync(join(folder, 'traps.json'), readFileSync(join(shipped, 'traps.json')));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function assertRefused(lines: readonly string[], ...parts: readonly string[]): void {
    writeFileSync(join(folder, 'parks.jsonl'), lines.join('\n'));
    let message = '';
    try {
      loadGazetteer(folder);
    } catch (error) {
      expect(error).toBeInstanceOf(GazetteerError);
      message = String(error);
    }
    for (const part of parts) expect(message).toContain(part);
  }

  const cases: readonly [string, readonly string[], readonly string[]][] = [
    ['a line that is no JSON', [JSON.stringify(line), '{"id":'], ['第 2 行', 'JSON', '引号']],
    ['a missing field', [JSON.stringify({ ...line, city: undefined })], ['第 1 行', '字段 city']],
    ['an unknown type', [JSON.stringify({ ...line, type: 'zone' })], ['字段 type', 'high-tech']],
    ['a misspelt field', [JSON.stringify({ ...line, alias: [] })], ['alias', '没有这样的字段']],
    ['an empty alias', [JSON.stringify({ ...line, aliases: [''] })], ['字段 aliases', '非空']],
    ['an id twice', [JSON.stringify(line), JSON.stringify(line)], ['第 2 行', 'id', '重复']],
    [
      'a name of two parks',
      [JSON.stringify(line), JSON.stringify({ ...line, id: 'other' })],
      ['第 2 行', '已是第 1 行', 'ambiguous_aliases'],
    ],
    ['a generic alias', [JSON.stringify({ ...line, aliases: ['高新区'] })], ['通名', '加上地名']],
    [
      'an unknown part_of',
      [JSON.stringify({ ...line, part_of: 'nowhere' })],
      ['part_of', 'nowhere'],
    ],
    ['an empty file', [''], ['空的', '恢复']],
  ];
  it.each(cases)('names line, field and remedy for %s', (_, lines, parts) => {
    assertRefused(lines, ...parts);
  });

  it('reports all faults together, blank lines counted', () => {
    assertRefused(
      [JSON.stringify({ ...line, level: 1 }), '', JSON.stringify({ ...line, status: 'old' })],
      '第 1 行，字段 level',
      '第 3 行，字段 status',
    );
  });

  it('says which file is missing', () => {
    expect(() => loadGazetteer(folder)).toThrow('parks.jsonl');
  });

  it('names the field of a faulty traps.json', () => {
    writeFileSync(join(folder, 'traps.json'), '{"genericNames": "高新区"}');
    expect(() => loadGazetteer(folder)).toThrow(/traps\.json[^]*genericNames/);
  });
});

describe('parkTypes', () => {
  it('has a Chinese label for every type in use', () => {
    for (const { type } of loadGazetteer().parks) expect(parkTypeLabel(type)).not.toBe(type);
    expect(parkTypes.map(({ label }) => label)).toEqual([
      '高新区',
      '经开区',
      '综保区',
      '国家级新区',
      '自贸试验区',
      '自创区',
      '其他',
    ]);
  });
});
