import type { Page } from '../readers/page.ts';
import { articleText, type Annotator, type ValueAnnotation } from './annotation.ts';
import { outsideText } from './article-fields.ts';
import { foldText, originalSpan } from './folded-text.ts';
import { selfNamedPaper, statedSource, isPaperName } from './paper-names.ts';

interface PageSource extends PageHeader {
  /** What the stories of the page call the paper. */
  readonly selfNamed: string | null;
}

/**
 * The paper or site of an article, and the 版面. In this order: the file's metadata, the page
 * header, 文章来源:… in the text, how the story and then the other stories of its newspaper page
 * name the paper. 本报 means the paper of the page, so it needs no rule.
 */
export function createSourceAnnotator(): Annotator {
  const pages = new WeakMap<Page, PageSource>();
  const sourceOf = (page: Page): PageSource => {
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

function readPageSource(page: Page): PageSource {
  const { text } = foldText(page.text.slice(0, READ_AT_MOST));
  const stated = page.layout === 'story' ? statedSource(text)?.name : undefined;
  return { ...readPageHeader(page), selfNamed: stated ?? selfNamedPaper(text)?.name ?? null };
}

/** What a newspaper page prints at its top or foot about itself. */
interface PageHeader {
  readonly paper: string | null;
  /** `第03版：园区`. */
  readonly section: string | null;
}

const NOTHING: PageHeader = { paper: null, section: null };
const LINES = 12;
const LONGEST_LINE = 60;

/** Reads the short first and last lines of a newspaper page; other pages have no header. */
function readPageHeader(page: Page): PageHeader {
  if (page.layout !== 'newspaper') return NOTHING;
  const text = page.text.trim();
  const lines = [...text.slice(0, 2000).split('\n'), ...text.slice(-1000).split('\n').reverse()];
  let paper: string | null = null;
  let section: string | null = null;
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
