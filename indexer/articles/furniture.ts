const COLUMN_HEADERS =
  /^(?:[\u4e00-\u9fff]{1,4})?(?:镜头|图片新闻|要闻|简讯|短讯|快讯|速递|速览|短波|动态|广角|视点|观察|聚焦|传真|看台|论坛|专版|周刊|资讯|风采|之窗|采风|链接|导读|声音|人物|前沿|纵横|扫描|时评|言论|集锦|点击|瞭望|在线|直通车|新闻眼|会客厅|关注|园区|专题|特刊|综合|头条|编者按|延伸阅读|相关链接|核心提示|新闻|经济|产业|科技|创新|数说|看点|热点|焦点)$/;
/** What stands at the head and the foot of a printed page; inside one story the same words may be text. */
const PAGE_LINES = [
  /^[A-Z]?\d{1,2}\s+[\u4e00-\u9fff]{2,10}$/u,
  /^(?:第\s*)?[A-Z]?\d{1,3}\s*版?$/,
  /^第?\s*[A-Z]?\d{1,2}\s*版\s*(?:[:：|｜]\s*)?(?:\S{1,12}(?:\s+\d{4}\s*年.{0,24})?|(?<=\s)\d{4}\s*年.{0,24})?$/,
  /^[^。，,；]{0,24}\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:星期|周)[一二三四五六日天][^。，,；]{0,24}$/,
  /^(?:\S{1,10}\s*)?广告(?:位|热线|部|刊例)?[^。，,；]{0,20}$/,
  /^(?:\S{0,8}\s*)?\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?:\s*(?:星期|周)[一二三四五六日天])?[^。，,；]{0,30}$/,
  /^[（(](?:下转|上接|转|接)第?\s*[A-Z]?\d{1,2}\s*版[^）)]{0,12}[)）]$/,
];

/** Who made the page, where it came from, and links. */
const IMPRINT = [
  /(?:国内统一(?:连续出版物)?刊号|邮发代号|总第\s*\d+\s*期|CN\s?\d{2}-\d{4}|本报地址|社址|订阅热线|广告热线|零售价|印刷厂?[:：])/,
  /^[（(]?\s*(?:责任编辑|责编|编辑|本版编辑|本版责编|美编|版式|校对|主编|组版|值班主任|本版主编|视觉设计|电话|联系电话|邮箱|E-?mail|投稿邮箱|新闻热线|网址)\s*(?:[:：/／|]\s*)?[^。]{0,60}$/i,
  /^(?:https?:\/\/|www\.)\S+$/i,
  /^<https?:\/\/[^>\s]+>$/i,
  /^\[[^\]]{1,40}\]\([^)\s]{1,300}\)/,
  /^[（(]\s*(?:文章|稿件|信息)?来源[:：][^）)]{1,40}[)）]$/,
];

/** Returns whether a block tells of the publication and not of the story: imprint, source, link, a row of signs. */
export function isImprint(text: string): boolean {
  const trimmed = text.trim();
  if (!/[\p{L}\p{N}]/u.test(trimmed)) return true;
  return trimmed.length <= 80 && IMPRINT.some((line) => line.test(trimmed));
}

/** Returns whether a block is a page header or footer, a link, a column's name or scanning noise. */
export function isFurniture(text: string): boolean {
  const trimmed = text.trim();
  const letters = trimmed.match(/[\p{L}]/gu)?.length ?? 0;
  if (letters === 0) return !/\d/.test(trimmed) || trimmed.length <= 6;
  if (letters === 1 && trimmed.length <= 3) return !/[。！？]/.test(trimmed);
  if (!/\p{Script=Han}/u.test(trimmed) && letters <= 3 && trimmed.length <= 8) return true;
  if (isImprint(trimmed)) return true;
  if (trimmed.length <= 80 && PAGE_LINES.some((line) => line.test(trimmed))) return true;
  return trimmed.length <= 8 && COLUMN_HEADERS.test(trimmed.replace(/[\s·•■◆●▶【】[\]]/g, ''));
}
