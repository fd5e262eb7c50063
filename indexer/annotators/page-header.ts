import type { Page } from '../readers/page.ts';
import { foldText } from './folded-text.ts';
import { isPaperName } from './paper-names.ts';

/** What a newspaper page prints at its top or foot about itself. */
export interface PageHeader {
  readonly paper: string | null;
  /** `第03版：园区`. */
  readonly section: string | null;
}

const NOTHING: PageHeader = { paper: null, section: null };
const LINES = 12;
const LONGEST_LINE = 60;

/** Reads the short first and last lines of a newspaper page; other pages have no header. */
export function readPageHeader(page: Page): PageHeader {
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
