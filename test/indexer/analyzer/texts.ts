import fc from 'fast-check';

const awkward = [
  ...[
    '㎡',
    '㈱',
    '½',
    'ﷺ',
    '①',
    '㋀',
    'ﬁ',
    'İ',
    'ß',
    'Σ',
    'ς',
    'ㄱ',
    'ㅏ',
    'ｶ',
    'ﾞ',
    '가',
    '々',
    '〇',
  ],
  ...[
    '\u0000',
    '\ufeff',
    '\u200b',
    '\u200d',
    '\u00ad',
    '\u0301',
    '\u0344',
    '\u20e3',
    '\ufe0f',
    '\u0338',
  ],
  ...[
    '\ud800',
    '\udc00',
    '\udbff',
    '\udfff',
    '😀',
    '🇨🇳',
    '𡞵',
    '𠮷',
    '𝐀',
    '\u{e0100}',
    '\u{110ba}',
    '=',
  ],
];
const usual = [
  ...Array.from('高新区乾隆燥後來頭髮裡面著名看着一二三十百千万亿两零第年月数百分之点'),
  ...Array.from('0129aZéт ,.%+-_&，。％．１Ａ　\n'),
  ...['苏州工业园区', '专精特新', '二〇二五年', '4,569.44亿元', '五十一万人', 'e-mail', 'C++'],
];

/** Any UTF-16 string, lone surrogates included; mostly of what is hard to cut. */
export const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...usual, ...awkward), maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((units) => String.fromCharCode(...units)),
);

/** The same sentence in traditional and in simplified characters. */
export const differentlySpelt: [traditional: string, simplified: string][] = [
  ['乾燥的頭髮', '干燥的头发'],
  ['後來裡面沒有人', '后来里面没有人'],
  ['皇后坐在後面', '皇后坐在后面'],
  ['乾隆年間的工廠', '乾隆年间的工厂'],
  ['貴陽高新區發展大數據', '贵阳高新区发展大数据'],
  ['蘇州工業園區引進著名企業', '苏州工业园区引进著名企业'],
  ['隨著產業鏈的發展', '随着产业链的发展'],
  ['臺灣與台灣', '台湾与台湾'],
  ['瞭解情況，一目瞭然', '了解情况，一目了然'],
  ['關於復工復產的答覆', '关于复工复产的答复'],
  ['徵收與特徵', '征收与特征'],
  ['幹部在樹幹下', '干部在树干下'],
  ['衞星與鐵路網絡', '卫星与铁路网络'],
  ['裏面有麵條', '里面有面条'],
  ['二〇二五年營收達五十一萬元', '二〇二五年营收达五十一万元'],
];
