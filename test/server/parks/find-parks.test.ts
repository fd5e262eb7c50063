import { describe, expect, it } from 'vitest';
import { loadGazetteer } from '../../../config/gazetteer.ts';
import type { ParkSummary } from '../../../server/api/park-schema.ts';
import { createParkFinder } from '../../../server/parks/find-parks.ts';
import { createPinyinTable } from '../../../server/rewrites/pinyin-table.ts';
import { parkOf } from '../pages/sample-views.ts';

const gazetteer = loadGazetteer();
const findParks = createParkFinder({ gazetteer, pinyin: createPinyinTable(gazetteer.parks) });

function listed(id: string): ParkSummary {
  const { name, fullName, province, city } = gazetteer.byId.get(id)!;
  return parkOf(name, { id, fullName, typeLabel: '', province, city });
}
const PARKS = [
  listed('hefei-gaoxinqu'),
  listed('guiyang-gaoxinqu'),
  listed('guian-xinqu'),
  parkOf('清镇高新区', { id: 'unlisted:清镇高新区', province: '', city: '', typeLabel: '' }),
];

describe('createParkFinder', () => {
  it.each([
    ['everything for nothing', '', '合肥高新区 贵阳高新区 贵安新区 清镇高新区'],
    ['part of a name', '高新', '合肥高新区 贵阳高新区 清镇高新区'],
    ['a traditional spelling', '貴陽高新區', '贵阳高新区'],
    ['an alias', '贵阳国家高新区', '贵阳高新区'],
    ['a place and pinyin', '贵州 GuiYang', '贵阳高新区'],
    ['pinyin with tones', 'guìyáng', '贵阳高新区'],
    ['pinyin in pieces', 'gui yang gao xin', '贵阳高新区'],
    ['initials', 'gygxq', '贵阳高新区'],
    ['the beginning of initials', 'hfg', '合肥高新区'],
    ['full-width letters', 'ｈｅｆｅｉ', '合肥高新区'],
    ['a park that the gazetteer lacks', '清镇', '清镇高新区'],
    ['nothing', '火星', ''],
  ])('finds %s', (_, typed, expected) => {
    expect(
      findParks(PARKS, typed)
        .map(({ name }) => name)
        .join(' '),
    ).toBe(expected);
  });
});
