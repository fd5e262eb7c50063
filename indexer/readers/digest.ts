import { doubtful, rejected, type Finding } from '../core/finding.ts';
import { findWrittenDate } from './file-date.ts';
import {
  isThematicBreak,
  markdownToText,
  parseHeading,
  takeOriginalLink,
} from './markdown-text.ts';
import { withoutEmpty } from './metadata.ts';
import type { Page, PageMetadata, SourceFile } from './page.ts';
import { headText, textReader } from './text-file.ts';

const HEADING_LINE = /^ {0,3}#{1,6}[ \t]+\S/m;
const SECTION_LINES = /^ {0,3}#{2,3}[ \t]+\S[^]*?^ {0,3}#{2,3}[ \t]+\S/m;
/** What a generator leaves at the end of a file; before → after: `(更新时间戳: 169…)` → nothing. */
const FOOTER = /^[(（]?\s{0,4}(?:最后)?(?:更新|生成|抓取)(?:时间|于|日期)[^\n]{0,80}$/;

/** Daily digests in Markdown: every heading with a text of its own is a story. */
export const digest = textReader(
  '每日摘要（.md，每个带正文的标题是一篇）',
  (file) => {
    if (/\.(?:md|markdown|mdown)$/i.test(file.path)) return HEADING_LINE.test(headText(file));
    return /\.(?:txt|text)$/i.test(file.path) && SECTION_LINES.test(headText(file));
  },
  readStories,
);

function* readStories(text: string, { path }: SourceFile): Generator<Page | Finding> {
  const sections = splitSections(text);
  const top = sections.find((section) => section.level === 1);
  const { source, dates } = readHeadline(top?.title ?? '');
  let stories = 0;
  /** Of headings that hold nothing at all nothing need be said: they are headings of parts. */
  const onlyLinks: number[] = [];
  for (const { level, title, line, lines } of sections) {
    const { markdown, url } = takeOriginalLink(lines.join('\n'));
    const story = markdownToText(markdown);
    if (story === '') {
      if (url !== undefined) onlyLinks.push(line);
      continue;
    }
    stories++;
    const place = `第 ${line} 行`;
    if (level === 0) {
      const reason = '第一个标题之前有文字，不知道属于哪一篇，按版面文本处理';
      yield doubtful(path, place, reason, '在这段文字前加上标题（## 标题）');
    }
    const metadata = withoutEmpty({ title, source, url, dates });
    const layout = level === 0 ? 'newspaper' : 'story';
    yield { type: 'page', file: path, place, layout, text: story, metadata };
  }
  if (onlyLinks.length > 0) {
    const place = `第 ${onlyLinks.slice(0, 10).join('、')} 行${onlyLinks.length > 10 ? '等' : ''}`;
    const reason = `${onlyLinks.length} 个标题下只有原文链接，没有正文，未收录`;
    yield doubtful(path, place, reason, '需要收录时，从原文链接把正文补在标题下面');
  }
  if (stories === 0)
    yield rejected(path, '', '有标题，但没有一个标题下面有正文', '把正文写在各个标题下面');
}

interface Section {
  /** 0 for what stands before the first heading. */
  readonly level: number;
  readonly title: string;
  /** Of the heading, from 1. */
  readonly line: number;
  readonly lines: readonly string[];
}

function splitSections(text: string): Section[] {
  const sections: (Section & { lines: string[] })[] = [{ level: 0, title: '', line: 1, lines: [] }];
  let fenced = false;
  for (const [index, line] of withoutFooter(text.split('\n')).entries()) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) fenced = !fenced;
    const heading = fenced ? null : parseHeading(line);
    if (heading === null || heading.text === '') sections.at(-1)!.lines.push(line);
    else sections.push({ level: heading.level, title: heading.text, line: index + 1, lines: [] });
  }
  return sections;
}

/** The lines without a generator's mark after the last rule. */
function withoutFooter(lines: readonly string[]): readonly string[] {
  const rule = lines.findLastIndex((line) => isThematicBreak(line));
  if (rule < 0) return lines;
  const tail = lines.slice(rule + 1).filter((line) => line.trim() !== '');
  return tail.every((line) => FOOTER.test(line.trim())) ? lines.slice(0, rule) : lines;
}

/** `《某某日报》 (20220924)` says the source and the date of all stories; any other heading only its date. */
function readHeadline(title: string): Pick<PageMetadata, 'dates'> & { readonly source?: string } {
  const date = findWrittenDate(title);
  if (date === null) return { dates: [] };
  const rest = title
    .replace(date, '')
    .replace(/[(（[【]\s{0,9}[)）\]】]/u, '')
    .trim();
  const name = /^《([^《》]{1,40})》/u.exec(rest)?.[1] ?? rest;
  const dates = [{ text: date, origin: 'front-matter' }] as const;
  return name.length <= 20 ? { source: name, dates } : { dates };
}
