import type { Page } from '../readers/page.ts';
import { articleText, outsideText, type Annotator, type ValueAnnotation } from './annotation.ts';
import { foldText, originalSpan } from './folded-text.ts';

/**
 * The paper or site of an article, and the 版面. In this order: the file's metadata, the page
 * header, 文章来源:… in the text, how the story and then the other stories of its newspaper page
 * name the paper. 本报 means the paper of the page, so it needs no rule.
 */
export function createSourceAnnotator(): Annotator {
  const pages = new WeakMap<Page, ReturnType<typeof readPageSource>>();
  const sourceOf = (page: Page) => {
    const known = pages.get(page) ?? readPageSource(page);
    pages.set(page, known);
    return known;
  };
  return {
    name: 'source',
    annotate(article) {
      const { metadata } = article.page;
      const page = sourceOf(article.page);
      const section = metadata.section ?? page.section;
      const given = metadata.source ?? page.paper;
      const found: ValueAnnotation[] = [];
      if (section !== null) found.push({ type: 'section', ...outsideText, value: section });
      if (given !== null) return [...found, { type: 'source', ...outsideText, value: given }];
      const folded = foldText(articleText(article));
      const own = statedSource(folded.text) ?? selfNamedPaper(folded.text);
      if (own !== null) {
        const span = originalSpan(folded, own.start, own.end);
        return [...found, { type: 'source', field: 'text', ...span, value: own.name }];
      }
      if (page.selfNamed === null) return found;
      return [...found, { type: 'source', ...outsideText, value: page.selfNamed }];
    },
  };
}

const READ_AT_MOST = 200_000;

/** What a page prints about itself, and what its stories call the paper. */
function readPageSource(page: Page) {
  const { text } = foldText(page.text.slice(0, READ_AT_MOST));
  const stated = page.layout === 'story' ? statedSource(text)?.name : undefined;
  return { ...readPageHeader(page), selfNamed: stated ?? selfNamedPaper(text)?.name ?? null };
}

const LINES = 12;
const LONGEST_LINE = 60;

/** Reads the short first and last lines of a newspaper page; other pages have no header. */
function readPageHeader(page: Page) {
  let paper: string | null = null;
  /** `第03版：园区`. */
  let section: string | null = null;
  if (page.layout !== 'newspaper') return { paper, section };
  const text = page.text.trim();
  const lines = [...text.slice(0, 2000).split('\n'), ...text.slice(-1000).split('\n').reverse()];
  let seen = 0;
  for (const line of lines) {
    if (line.trim() === '' || line.length > LONGEST_LINE || seen > 2 * LINES) continue;
    seen++;
    const words = line.split(/[\s|｜·•]+/u).map((word) => foldText(word).text);
    // A paper's name alone on a line may be a headline word; beside a date or 版 it is the header.
    if (/\d{4}年|版|星期/.test(line)) paper ??= words.find(isPaperName) ?? null;
    section ??= sectionOf(words.join(' '));
  }
  return { paper, section };
}

function sectionOf(line: string): string | null {
  const match =
    /(?:^| )(?:第 ?)?([A-Z]?\d{1,3}) ?版(?:[: ·-]{0,2}([\u4e00-\u9fff]{2,8})(?= |$))?/.exec(line);
  if (match === null) return null;
  const name = match[2];
  return `第${match[1] ?? ''}版${name === undefined || /星期|编辑|日报/.test(name) ? '' : `：${name}`}`;
}

/** National papers, agencies and news sites; local ones are told by their form (贵州日报). */
const KNOWN =
  '科技日报|人民日报(?:海外版)?|经济日报|光明日报|工人日报|农民日报|法治日报|解放军报|解放日报|文汇报|新华日报|南方日报|羊城晚报|新京报|' +
  '中国高新技术产业导报|中国科学报|中国青年报|中国经济导报|中国经济时报|中国证券报|上海证券报|证券时报|证券日报|经济参考报|国际商报|' +
  '21世纪经济报道|第一财经|每日经济新闻|澎湃新闻|界面新闻|新华社|中新社|中国新闻社|中新网|中国新闻网|新华网|人民网|央视网|央广网|中国网';

const PAPER_END =
  '(?:日报|晚报|早报|晨报|时报|导报|商报|周报|快报|都市报|青年报|科技报|经济报|产业报|新闻网|新闻社|周刊|报)';

const SELF_NAMING = '(?=讯[ (:]|记者|[\\u4e00-\\u9fff]{0,6}\\d{1,2}月\\d{1,2}日[电讯])';

const knownSelf = new RegExp(`(${KNOWN})${SELF_NAMING}|(${KNOWN})消息[ (:]`, 'g');
// At the beginning of a paragraph or bracket the left end of the name is certain.
const formedSelf = new RegExp(
  `(?:^|\\n|[(。]) ?([\\u4e00-\\u9fff]{2,8}?${PAPER_END})${SELF_NAMING}`,
  'g',
);
const printedAs = /(图片|照片|数据|题图|资料)?来源[:：] ?[《“"]?([^\s()《》“”",，。;；<>]{2,20})/gu;

interface FoundPaper {
  readonly name: string;
  /** In the folded text. */
  readonly start: number;
  readonly end: number;
}

/** The paper that a folded text says it was taken from, 文章来源:科技日报; a picture's origin does not count. */
function statedSource(text: string): FoundPaper | null {
  for (const match of text.matchAll(printedAs)) {
    const name = match[2] ?? '';
    if (match[1] !== undefined || isGeneric(name)) continue;
    const start = match.index + match[0].length - name.length;
    return { name, start, end: start + name.length };
  }
  return null;
}

/** The paper that speaks of itself most in a folded text: 科技日报讯, 科技日报记者, 新华社北京3月7日电. */
function selfNamedPaper(text: string): FoundPaper | null {
  const counts = new Map<string, { found: FoundPaper; count: number }>();
  for (const shape of [knownSelf, formedSelf])
    for (const match of text.matchAll(shape)) {
      const name = match[1] ?? match[2] ?? '';
      if (isGeneric(name)) continue;
      const start = match.index + match[0].indexOf(name);
      const entry = counts.get(name) ?? {
        found: { name, start, end: start + name.length },
        count: 0,
      };
      entry.count++;
      counts.set(name, entry);
    }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return most?.found ?? null;
}

const wholeName = new RegExp(`^(?:${KNOWN}|[\\u4e00-\\u9fff]{2,10}${PAPER_END})$`);

/** Whether a word of a page header is the name of a paper. */
function isPaperName(word: string): boolean {
  return wholeName.test(word) && !isGeneric(word);
}

function isGeneric(name: string): boolean {
  return /^(?:本报|本刊|本网|网络|互联网|综合|原创|.{0,3}(?:海报|情报|简报|汇报|申报|喜报|预报|年报|月报|画报))$/.test(
    name,
  );
}
