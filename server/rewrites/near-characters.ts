import { pinyin } from 'pinyin-pro';

/** How likely one character stands for another by mistake. */
export const NEARNESS = { homophone: 10, nearShape: 9, nearSound: 7, other: 3 } as const;

/** Characters that are easily taken for one another, in print and by shape-based input methods. */
const NEAR_SHAPES = (
  '未末木本 已己巳 日曰目 天夭 干千于 人入 大太犬 今令 免兔 折拆 士土工 王玉主 侯候猴 戊戌戍 崇祟 博搏 拨拔 ' +
  '治冶洽恰 薪新 暖暧 崎畸 栗粟 辨辩辫 贷货 贪贫 抡抢 沦沧 仑仓 历厉 乌鸟 鸣呜 孤狐弧 喝渴 竭揭 慢漫 ' +
  '撤撒辙 徽微徵 裁栽载 戴载 即既 赢羸 瑞端喘 桩庄 粱梁 燥躁噪 密蜜 蓝篮 籍藉 采彩 场杨扬汤 部陪倍培 ' +
  '萍苹 洲州 河何 湖胡 江汪汇 波坡披 城域诚成 园圆团因困国 区匹巨臣 芯蕊 晶昌 昊吴 渡度 压庄厌 厂广 ' +
  '业亚 旦且 白自百 佳住往注柱 全金 会合台 科料 利和秋 枝技 校较 轮输轻 传转 经径 网冈岗 刚钢纲 铜钢 ' +
  '链练炼 建健键 连莲 信倍 件伴 仪义议 优伏 代伐 比北此 浩洁 酒洒 酉西 曲由甲申田电 营宫官管 商高南尚 ' +
  '境镜竟竞 环坏怀还 考老孝 投没设 铅沿 沪泸芦庐炉 研妍砚 发友反支皮 万方 刀力 办为 另别 刘列例烈 ' +
  '到倒 创抢枪 季李 孟盂 祥详 拓石 候侯 幕墓慕暮 赛寒塞 析折拆 微徽 哀衰衷 晴睛 拣捡 绿录 圳训川 ' +
  '宜宣 宁字 川州 洛络 济挤 淮准 沂圻近 泰秦奉 滨宾 潭谭 谭覃 渝输 杭抗航 苏办 扬杨 徐除 盐监 ' +
  '陕侠狭 陇拢 甬用 皖院 晋普 冀翼 粤奥 闽闻 赣感 琼晾 桂挂 黔默 滇填 略赂 径劲 货贷 驱躯 慧惠 源原 线钱 栋拣'
).split(' ');

const shapesNear = new Map<string, string>();
for (const group of NEAR_SHAPES)
  for (const character of group)
    shapesNear.set(character, (shapesNear.get(character) ?? '') + group);

/** How near two different characters are; the highest of {@link NEARNESS} that they have. */
export function nearness(a: string, b: string): number {
  const [readA, readB] = [readingsOf(a), readingsOf(b)];
  if (readA.some((sound) => readB.includes(sound))) return NEARNESS.homophone;
  if (shapesNear.get(a)?.includes(b) === true) return NEARNESS.nearShape;
  const looseB = readB.map(looseSound);
  const isNear = readA.some((sound) => looseB.includes(looseSound(sound)));
  return isNear ? NEARNESS.nearSound : NEARNESS.other;
}

const sounds = new Map<string, string>();

/** The usual reading of a character, without tone: `区 → qu`. The character itself when it has none. */
export function soundOf(character: string): string {
  const known = sounds.get(character);
  if (known !== undefined) return known;
  const sound = pinyin(character, { toneType: 'none', v: true });
  sounds.set(character, sound);
  return sound;
}

/** Further readings of frequent characters: 银行 sounds like 银航. */
const OTHER_READINGS = new Map(
  (
    '乐:yue 会:kuai 传:zhuan 单:shan 厦:xia 参:shen 地:de 好:hao 弹:tan 得:dei 曾:ceng 朝:chao 核:hu ' +
    '率:shuai 盛:cheng 着:zhuo 藏:zang 行:hang 调:tiao 车:ju 还:huan 都:dou 重:zhong 长:zhang 降:xiang'
  )
    .split(' ')
    .map((entry) => entry.split(':') as [string, string]),
);

function readingsOf(character: string): readonly string[] {
  const [usual, other] = [soundOf(character), OTHER_READINGS.get(character)];
  return other === undefined || other === usual ? [usual] : [usual, other];
}

/** What many speakers do not tell apart: zh and z, n and l, in and ing. */
function looseSound(sound: string): string {
  return sound
    .replace(/^([zcs])h/, '$1')
    .replace(/^n/, 'l')
    .replace(/(?<=[aei]n)g$/, '');
}
