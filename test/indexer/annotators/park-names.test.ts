import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadGazetteer } from '../../../config/gazetteer.ts';
import { createParkNameFinder } from '../../../indexer/annotators/park-names.ts';

const gazetteer = loadGazetteer();
const finder = createParkNameFinder(gazetteer);

/** What a text names, as `[words in the text, park or unlisted name]`. */
function named(text: string): [string, string][] {
  return (finder.findInFields([text])[0] ?? []).map((found) => [
    text.slice(found.start, found.end),
    'park' in found ? found.park.name : `unlisted:${found.unlisted}`,
  ]);
}

function assertNames(text: string, expected: readonly (readonly [string, string])[]): void {
  expect(named(text), text).toEqual(expected);
}

describe('findParkNames', () => {
  it('returns place, park, printed name and kind', () => {
    const [found] = finder.findParkNames('走进貴陽國家高新區。');
    expect(found).toMatchObject({ start: 2, end: 9, name: '貴陽國家高新區', kind: 'alias' });
    expect(found?.park.id).toBe('guiyang-gaoxinqu');
  });

  it('leaves unlisted parks to findInFields', () => {
    expect(finder.findParkNames('清镇高新区')).toEqual([]);
  });

  it('finds every park by its name, full name and aliases', () => {
    const lost: string[] = [];
    for (const park of gazetteer.parks) {
      const ambiguous = new Set(park.ambiguousAliases);
      for (const name of [park.name, park.fullName, ...park.aliases]) {
        if (ambiguous.has(name)) continue;
        const found = finder.findParkNames(`记者在${name}看到`);
        const right =
          found.length === 1 && found[0]?.park === park && found[0].end === 3 + name.length;
        if (!right) lost.push(`${name}: ${found.map((other) => other.park.name).join()}`);
      }
    }
    expect(lost).toEqual([]);
  });

  const spellings: readonly [string, string][] = [
    ['贵阳市高新区', '贵阳高新区'],
    ['贵阳 高新区', '贵阳高新区'],
    ['貴陽綜合保稅區', '贵阳综合保税区'],
    ['中国（上海）自由贸易试验区', '上海自贸试验区'],
    ['中国(上海) 自由贸易试验区', '上海自贸试验区'],
    ['天津滨海－中关村科技园', '天津滨海—中关村科技园'],
    ['天津市滨海新区', '天津滨海新区'],
    ['合肥国家级高新技术产业开发区', '合肥高新区'],
    ['合肥高新技术产业园区', '合肥高新区'],
    ['昆山市高新区', '昆山高新区'],
    ['雄安新区高新技术产业开发区', '雄安高新区'],
    ['亦庄经济技术开发区', '北京经开区'],
  ];
  it.each(spellings)('reads %s as %s', (text, park) => assertNames(text, [[text, park]]));

  it('takes the longest name', () => {
    assertNames('苏州高新区综合保税区', [['苏州高新区综合保税区', '苏州高新区综合保税区']]);
    assertNames('雄安新区中关村科技园', [['雄安新区中关村科技园', '雄安新区中关村科技园']]);
    assertNames('中新苏滁高新区与滁州高新区', [
      ['中新苏滁高新区', '中新苏滁高新区'],
      ['滁州高新区', '滁州高新区'],
    ]);
  });

  it('does not break words', () => {
    assertNames('合肥高新区域经济', []);
    assertNames('陕西安康高新区', [['安康高新区', '安康高新区']]);
    assertNames('中新天津生态城市建设', []);
  });
});

describe('names that are no park alone', () => {
  it.each([...gazetteer.traps.generic])('%s', (name) => {
    assertNames(`走进${name}，看${name}如何发展。该${name}一派繁忙。`, []);
  });

  it.each([...gazetteer.traps.districts])('%s, a district', (name) => {
    assertNames(`${name}召开大会，${name}区居民点赞`, []);
  });

  it.each([...gazetteer.traps.companies])('%s, a listed company', (name, code) => {
    assertNames(`${name}（${code}）今日公告，${name}涨停，${name}股份回应`, []);
  });

  it.each([...gazetteer.traps.nicknames])('%s, a nickname without its city', (name) => {
    assertNames(`打造千亿级“${name}”，${name}风采`, []);
  });

  const followers: readonly string[] = [
    '武汉光谷广场人流如织',
    '武汉市民从光谷广场出发，坐到光谷站',
    '武汉的东湖高新股份有限公司',
    '北京中关村大街',
    '天津泰达足球俱乐部',
    '长春的长春高新（000661）',
    '苏州的苏州高新集团',
  ];
  it.each(followers)('%s', (text) => assertNames(text, []));
});

describe('ambiguous names', () => {
  const decided: readonly [string, readonly (readonly [string, string])[]][] = [
    ['武汉今年发力，光谷涌现新企业', [['光谷', '东湖高新区']]],
    ['厦门消息：火炬高新区开工', [['火炬高新区', '厦门火炬高新区']]],
    ['广东中山消息：火炬高新区开工', [['火炬高新区', '中山火炬高新区']]],
    ['山东的临港经开区', [['临港经开区', '威海临港经开区']]],
    ['四川宜宾，临港经开区', [['临港经开区', '宜宾临港经开区']]],
    ['青岛。前湾综保区', [['前湾综保区', '青岛前湾综合保税区']]],
    ['浙江宁波。前湾综保区', [['前湾综保区', '宁波前湾综合保税区']]],
    ['南京消息，江北新区发布', [['江北新区', '南京江北新区']]],
    ['天津消息，滨海新区发布', [['滨海新区', '天津滨海新区']]],
    ['新疆石河子开发区', [['石河子开发区', '石河子经开区']]],
    ['吉林市高新区签约', [['吉林市高新区', '吉林高新区']]],
  ];
  it.each(decided)('%s', (text, expected) => assertNames(text, expected));

  const open: readonly string[] = [
    '火炬高新区开工',
    '临港经开区签约',
    '前湾综保区',
    '医药高新区',
    '西部科学城',
    '西海岸新区',
    '吉林高新区建设提速，吉林全省',
    '未来“无锡光谷”',
    '钦州港开航，到钦州港的班轮',
  ];
  it.each(open)('leaves %s open', (text) => assertNames(text, []));

  it('decides by another name of the same park in another field', () => {
    const [title, text] = finder.findInFields([
      '火炬高新区开工',
      '威海火炬高技术产业开发区、威海高新区',
    ]);
    expect(title?.map((found) => 'park' in found && found.park.name)).toEqual(['威海火炬高新区']);
    expect(text).toHaveLength(1 + 1);
  });

  it('keeps apart what only sounds alike', () => {
    assertNames('泰州综保区、台州综保区', [
      ['泰州综保区', '泰州综合保税区'],
      ['台州综保区', '台州综合保税区'],
    ]);
    assertNames('福州江阴港综保区不在江苏江阴', [['福州江阴港综保区', '福州江阴港综合保税区']]);
    assertNames('盐城滨海经开区', [['盐城滨海经开区', 'unlisted:盐城滨海经开区']]);
  });
});

describe('abbreviations defined in the text', () => {
  it('counts wherever the article uses them', () => {
    assertNames('乌综保很忙。乌鲁木齐综合保税区（以下简称“乌综保”）很忙，乌综保', [
      ['乌综保', '乌鲁木齐综合保税区'],
      ['乌鲁木齐综合保税区', '乌鲁木齐综合保税区'],
      ['乌综保', '乌鲁木齐综合保税区'],
      ['乌综保', '乌鲁木齐综合保税区'],
    ]);
  });

  it('does not make a generic word a name', () => {
    assertNames('贵阳高新区（以下简称高新区）很忙，高新区', [['贵阳高新区', '贵阳高新区']]);
  });

  it('does not take what a park says for its name', () => {
    assertNames('贵阳高新区称形势良好，形势良好', [['贵阳高新区', '贵阳高新区']]);
  });
});

describe('lists with one common word', () => {
  const lists: readonly [string, readonly string[]][] = [
    ['武汉、襄阳高新区', ['东湖高新区', '襄阳高新区']],
    ['苏州、无锡两个高新区签约', ['苏州高新区', '无锡高新区']],
    ['苏州、无锡和常州等三个国家高新区', ['苏州高新区', '无锡高新区', '常州高新区']],
    ['昆山、锡山经开区', ['昆山经开区', '锡山经开区']],
    ['上海、广东等21个自贸试验区', ['上海自贸试验区', '广东自贸试验区']],
  ];
  it.each(lists)('%s', (text, parks) => {
    expect(named(text).map(([, park]) => park)).toEqual(parks);
  });

  it('needs more than a place and a number', () => {
    assertNames('全国两个高新区', []);
    assertNames('苏州两个高新区', []);
  });
});

describe('any text', () => {
  const piece = fc.constantFrom(
    ...'、，。和（）() \n—·'.split(''),
    ...[
      '高新区',
      '苏州',
      '两个',
      '以下简称',
      '国家级',
      '光谷',
      '貴陽',
      '临港经开区',
      '科技园',
      '１２',
      '\u200b',
    ],
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
  );

  it('gives spans inside it, in order and apart', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 4 }), (fields) => {
        finder.findInFields(fields).forEach((found, index) => {
          let last = 0;
          for (const { start, end } of found) {
            if (start < last || end <= start || end > fields[index]!.length)
              throw new Error(`span ${start}–${end} after ${last}`);
            last = end;
          }
        });
      }),
      { numRuns: 500 },
    );
  });
});
