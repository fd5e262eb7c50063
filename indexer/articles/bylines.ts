/** The hundred-odd most common family names, which cover about 19 of 20 people (public name statistics). */
const FAMILY_NAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤晏过颜兰瞿虞华滕操矫游华俞翟骆柴聂裴季葛洪米祁关连梅穆柯齐靳祝卫耿路';
const DOUBLE_FAMILY_NAMES = '欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|夏侯';
const ROLE =
  '(?:特约|首席|见习|实习|驻[\\u4e00-\\u9fff]{1,4})?(?:记者站?|通讯员|实习生|撰稿人?|特约撰稿|评论员|作者|编译|整理)';
const MARK = '[◎▶►●■◆□○★☆▲△▷◇◈❖|｜/／*·\\-—　\\s]*';

const ROLE_FIRST = new RegExp(
  `^${MARK}(?:[（(]\\s*)?(?:(?:本报|本刊|本网|[\\u4e00-\\u9fff]{2,6}(?:报|社|网))\\s*)?${ROLE}(?:[\\s:：、,，/]|$|[\\u4e00-\\u9fff]{2,4})`,
);
const WRITER_FIRST =
  /^[（(]?\s*(?:文|图文|撰文|文字|采写|供稿|来稿|作者)\s*[/／:：丨|]\s*(?:图\s*)?\S{2,30}(?:\s+\S{2,6}){0,3}$/;
/** Also bracketed, at a story's end: `（某某记者丁）`. */
const SHORT_WITH_ROLE = new RegExp(
  `^${MARK}[（(]?[\\u4e00-\\u9fff]{0,6}(?:记者|通讯员|实习生)[\\u4e00-\\u9fff]{0,4}[)）]?$`,
);
const INLINE =
  /^(?:[\u4e00-\u9fff]{2,8}(?:报|社|网|刊))?[^，。,；;（(]{0,16}?(?:讯|电)?\s*[（(]\s*((?:本报|本刊|特约|见习|实习|首席|驻)?[^（()）。；;]{0,12}?(?:记者|通讯员|实习生)[^（()）。；;]{0,40})[)）]/;
const AT_END =
  /[（(]\s*((?:本报|本刊|特约|见习|实习)?[^（()）。；;，,]{0,12}?(?:记者|通讯员|实习生|作者)[:：\s]?[^（()）。；;]{1,40}|[\u4e00-\u9fff]{2,4}(?:[\s、,，][\u4e00-\u9fff]{2,4}){0,3})\s*[)）]\s*$/;

/** Returns whether a line or block is nothing but a by-line: `◎ 本报记者 张示例`, `▶ 王试稿`, `文/张三`. */
export function isByline(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length > 70 || /[。！？!?；;]|(?:摄|摄影|供图)\s*[)）]?$/.test(trimmed)) return false;
  if (ROLE_FIRST.test(trimmed)) return withoutNames(trimmed).length <= 24;
  if (WRITER_FIRST.test(trimmed) || SHORT_WITH_ROLE.test(trimmed)) return true;
  return /^[◎▶►●■◆□○★☆▲△▷◇]/.test(trimmed) && areNames(trimmed.replace(/^[^\u4e00-\u9fff]+/, ''));
}

/** Returns whether a text is one to four personal names and nothing else: `张三`, `王 刚 李小明`. */
export function areNames(text: string): boolean {
  const bare = text.trim().replace(/^[（(]\s*|\s*[)）]$/g, '');
  if (bare.length > 24 || !/^[\u4e00-\u9fff\s、·]+$/u.test(bare)) return false;
  // Two-character names are printed with a blank inside to fill the width of three.
  const closed = bare.replace(
    /(^|[\s、])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?=$|[\s、])/gu,
    '$1$2$3',
  );
  const names = closed.split(/[\s、]+/).filter((name) => name !== '');
  return names.length >= 1 && names.length <= 4 && names.every(isName);
}

/** Returns by-lines printed inside a paragraph: at its start (`本报讯（记者 张三）`) and in brackets at its end. */
export function inlineBylines(paragraph: string): string[] {
  const found: string[] = [];
  const atStart = INLINE.exec(paragraph.slice(0, 120));
  if (atStart?.[1] !== undefined) found.push(atStart[1].trim());
  const atEnd = AT_END.exec(paragraph.slice(-70));
  const names = atEnd?.[1]?.trim();
  if (names !== undefined && (/记者|通讯员|实习生|作者/.test(names) || areNames(names))) {
    if (!found.includes(names)) found.push(names);
  }
  return found;
}

/** Returns whether a paragraph opens like a story: `本报讯`, `科技日报北京3月5日电（记者 …）`. */
export function opensWithDateline(text: string): boolean {
  const head = text.trimStart().slice(0, 60);
  return (
    /^[\u4e00-\u9fff\d\s·]{0,18}(?:[报社网刊]|本报)[\u4e00-\u9fff\d\s]{0,16}[讯电]\s*[（(\s]/.test(
      head,
    ) ||
    /^(?:本报|本刊|本网)[\u4e00-\u9fff\d\s]{0,12}[讯电]/.test(head) ||
    /^(?:[\u4e00-\u9fff]{2,8}讯\s*)?[（(]\s*(?:本报)?(?:记者|通讯员|见习记者|实习生)/.test(head)
  );
}

function isName(text: string): boolean {
  if (new RegExp(`^(?:${DOUBLE_FAMILY_NAMES})[\\u4e00-\\u9fff]{1,2}$`).test(text)) return true;
  return text.length >= 2 && text.length <= 3 && FAMILY_NAMES.includes(text[0]!);
}

function withoutNames(text: string): string {
  return text
    .split(/[\s、,，/]+/)
    .filter((word) => word !== '' && !isName(word))
    .join('')
    .replace(/记者|通讯员|实习生|本报|特约|[^\u4e00-\u9fff]/gu, '');
}
