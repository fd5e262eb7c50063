import iconv from 'iconv-lite';

/** Natural logarithms of how likely one UTF-16 unit is in Chinese news, by class. */
const LOG = {
  frequent: -6.75,
  ascii: -4,
  chinesePunctuation: -6,
  firstLevel: -9.4,
  symbol: -11,
  otherHan: -14.5,
  surrogate: -12,
  otherLetter: -14,
  rareHan: -17,
  halfWidthForm: -18,
  control: -22,
  privateUse: -22,
  unassigned: -25,
} as const;

const CHINESE_PUNCTUATION = '\u3000、。《》〈〉「」『』【】〔〕〖〗！（），．：；？％～“”‘’—…·–';
const SYMBOLS = '■□◆◇▲△▶▷●○◎★☆※→←↑↓℃‰×÷±≤≥°①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥ○━─│';

let table: Float32Array | undefined;

/**
 * Returns the natural logarithm of how likely `text` is as Chinese news, summed over its UTF-16
 * units: of several decodings of the same bytes, the one with the highest sum explains them best.
 * A unigram model; the classes are the most frequent characters, the first levels of GB 2312
 * (B0A1–D7F9) and Big5 (A440–C67E), which hold the common characters by design, and the rest.
 */
export function chineseLikelihood(text: string): number {
  table ??= buildTable();
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum += table[text.charCodeAt(at)]!;
  return sum;
}

/**
 * Tells binary data that some encoding happens to accept from text: true when too many UTF-16
 * units are of a kind that no readable text holds (controls, private use, unassigned, U+FFFD).
 * A few are a damaged text, for which there are findings.
 */
export function isUnreadable(text: string): boolean {
  table ??= buildTable();
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    if (table[text.charCodeAt(at)]! <= LOG.control) count++;
  }
  return count > 0.3 * text.length || (count > 3 && count > 0.1 * text.length);
}

function buildTable(): Float32Array {
  const built = new Float32Array(0x10000);
  for (let unit = 0; unit < built.length; unit++) built[unit] = classLikelihood(unit);
  const assign = (characters: string, likelihood: number): void => {
    for (const character of characters) built[character.charCodeAt(0)] = likelihood;
  };
  assign(firstLevel('gb2312', 0xb0, 0xd7), LOG.firstLevel);
  assign(firstLevel('big5', 0xa4, 0xc6), LOG.firstLevel);
  assign(SYMBOLS, LOG.symbol);
  assign(CHINESE_PUNCTUATION, LOG.chinesePunctuation);
  assign(FREQUENT_SIMPLIFIED, LOG.frequent);
  assign(FREQUENT_TRADITIONAL, LOG.frequent);
  return built;
}

function classLikelihood(unit: number): number {
  if (unit === 9 || unit === 10 || unit === 13) return LOG.ascii;
  if (unit < 0x20 || (unit >= 0x7f && unit < 0xa0)) return LOG.control;
  if (unit < 0x7f) return LOG.ascii;
  if (unit >= 0xd800 && unit < 0xe000) return LOG.surrogate;
  if (unit >= 0xe000 && unit < 0xf900) return LOG.privateUse;
  if (unit === 0xfffd) return LOG.unassigned;
  if (unit >= 0x4e00 && unit < 0xa000) return LOG.otherHan;
  if (unit >= 0x3400 && unit < 0x4dc0) return LOG.rareHan;
  if (unit >= 0xff01 && unit <= 0xff5e) return LOG.symbol;
  if (unit > 0xff5e) return LOG.halfWidthForm;
  return /\p{Cn}/u.test(String.fromCharCode(unit)) ? LOG.unassigned : LOG.otherLetter;
}

/** All Chinese characters whose first byte lies in `from…to` of a double-byte encoding. */
function firstLevel(encoding: 'gb2312' | 'big5', from: number, to: number): string {
  const pairs: number[] = [];
  for (let lead = from; lead <= to; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const isTrail = encoding === 'gb2312' ? trail >= 0xa1 : trail <= 0x7e || trail >= 0xa1;
      if (isTrail) pairs.push(lead, trail);
    }
  }
  const decoded = iconv.decode(Buffer.from(pairs), encoding);
  return decoded.replace(/[^\u4e00-\u9fff]/g, '');
}

/**
 * The 600 characters that make up 87 % of three years of Chinese daily news (5.6 million characters
 * counted, 2022–2024), in code order; in the wrong encoding they almost never appear.
 */
const FREQUENT_SIMPLIFIED =
  '一万三上下不与专世业东两严个中丰为主举义之乌乐也习乡书了事二于互五亚亡交产京人亿今从他代以们件价任企伊众优伙会伟传伴位体作使例供促俄保信值做健元先光克党入全八公' +
  '兰共关兴其具内再军农决况准出击分切划列创利别到制前力办功加务动助势勒包化北区医十升午华协单南博卫历原去县参及友双反发取受变口古可台史号各合同名后向启告员周命和品' +
  '哈响商善器四回团园围国土在地场坚坦型城域基塞境增士处备复外多大天夫央奋好始委媒子字季学宁安完定实审客宣家容密富察对导将小尔就尼局层居届展山峰州工已巴市布希带席常' +
  '幕干平年并广庆应府度康建开式引弹强当形影彻往征得德心志快态思性总息情想意感愿成我战截所手打扩批技把投护报拉持指挥据接控推措提播支收改攻放政效救教数整文斗断斯新方' +
  '施旅族无日时明易春是显晚普景智更最月有服望期未本术机权李村条来极构林果查标核根格案检模次欧正此步武死段比民气水求江沙河治法洲活流济海消深清港游湖源澳火灾点热然物' +
  '特献率王环现班球理生用由电界略百的益监盟目相省看真着研破础确示社祝神福种科积称程稳究空突立站章第等策签管米类粮精系紧约级纪线组织经结统继续维绿网罗署美群老考者职' +
  '联聚育能自至致航色节苏英范获营落融行表被袭装西要见观规视解计认让议讯记讲论设访评识试话调谈负责货质贯贸费贺资赛走起超越路车转输边达过迎运近还这进连选通速造道部都' +
  '采里重量金铁长门问间闻队防阿际降院险障难集雪需青非面革项预领题风飞食首马验高黎龙';

/** The traditional forms of those that have one of their own (OpenCC, cn → tw). */
const FREQUENT_TRADITIONAL =
  '並亞來個們偉備傳價億優內兩別創劃動務勢區協參員問啟單嚴國圍園團堅報場夥奮學實寧審將專對導屆層帶幹廣強彈後從復徵徹態慶應戰採揮擊據擴數斷於時書會東條業極構樂標機檢' +
  '權歐歷氣決況準濟災為烏無熱營爾獲獻現環產當發監眾確礎種稱積穩節範籤糧紀約級組結統經綠維網緊線縣總織繼續羅義習聞聯職臺與興舉華萬著蘇蘭處號術衛裝裡襲見規視觀計訊記' +
  '訪設評試話認調談論講識議護變讓豐負貨貫責費貿賀資質賽車軍輸轉辦農這連進遊運過達選還邊鄉醫鐵長門開間關隊際險雙難電響項預領題願類顯風飛馬驗體鬥點黨龍';
