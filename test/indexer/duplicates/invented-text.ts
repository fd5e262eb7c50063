const SUBJECTS =
  '园区 企业 大厅 窗口 专班 平台 实验室 孵化器 海关 银行 学院 车间 仓库 项目组 服务站 联盟'.split(
    ' ',
  );
const ADVERBS = '近日 随后 此前 目前 同时 逐步 陆续 率先 继续 重新 共同 分批'.split(' ');
const VERBS =
  '建成 推出 完成 启用 调整 公布 压缩 扩大 引进 测试 培育 对接 简化 升级 登记 验收'.split(' ');
const OBJECTS =
  '审批流程 检测设备 人才公寓 跨境通道 产业基金 数据目录 冷链仓储 技术合同 充电设施 标准厂房 培训课程 信用档案 专利地图 实训基地 污水管网 物流班车'.split(
    ' ',
  );
const ENDS =
  '让办事的人少跑一趟 把等候时间减了一半 周边居民也能用上 下一步将接着做 效果还要再看 参加的单位比原先多'.split(
    ' ',
  );

/** A small generator of the same numbers for the same seed (xorshift). */
export function seededRandom(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b9) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Invented news of that many paragraphs; another seed gives another story from the same words. */
export function inventStory(seed: number, paragraphs = 6): string[] {
  const random = seededRandom(seed);
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)]!;
  const sentence = () =>
    `${pick(SUBJECTS)}${pick(ADVERBS)}${pick(VERBS)}${pick(OBJECTS)}${Math.floor(random() * 900) + 10}${pick(['个', '项', '家', '次'])}，${pick(SUBJECTS)}${pick(VERBS)}${pick(OBJECTS)}，${pick(ENDS)}。`;
  return Array.from({ length: paragraphs }, () => [sentence(), sentence(), sentence()].join(''));
}

/** The text with about that share of its Chinese characters replaced by others. */
export function misread(text: string, share: number, seed: number): string {
  const random = seededRandom(seed);
  return text.replace(/\p{Script=Han}/gu, (char) =>
    random() < share ? String.fromCharCode(0x4e00 + Math.floor(random() * 5000)) : char,
  );
}

/** Short texts of one form, each with other names and numbers: no two tell the same. */
export function appointments(count: number): string[] {
  const random = seededRandom(11);
  const name = () =>
    String.fromCharCode(...[0, 0, 0].map(() => 0x4e00 + Math.floor(random() * 5000)));
  const number = () => 100 + Math.floor(random() * 900);
  return Array.from(
    { length: count },
    () =>
      `经研究决定，任命${name()}同志为${name()}片区管理办公室主任，免去${name()}同志的原任职务，第${number()}号。请有关单位认真做好工作交接，第${number()}项工作由${name()}同志牵头，确保有序衔接。`,
  );
}
