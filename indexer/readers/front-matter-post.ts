import { basename } from 'node:path';
import { doubtful, rejected, type Finding } from '../core/finding.ts';
import { markdownToText, parseHeading, takeOriginalLink } from './markdown-text.ts';
import { mergeMetadata, readMetadata, withoutEmpty } from './metadata.ts';
import { pageOfStory, type Page, type SourceFile } from './page.ts';
import { headText, textReader } from './text-file.ts';
import { parseYamlMapping } from './yaml-mapping.ts';

/** Jekyll and Markdown posts: front matter, then one story in HTML paragraphs or Markdown. */
export const frontMatterPost = textReader(
  '带 front matter 的文章（.md、.markdown、.txt）',
  (file) =>
    /\.(?:md|markdown|mdown|txt|text)$/i.test(file.path) && beginsWithFrontMatter(headText(file)),
  readPost,
);

function* readPost(text: string, file: SourceFile): Generator<Page | Finding> {
  const frontMatter = findFrontMatter(text);
  if (frontMatter === null) return;
  const { lines, firstLine, end } = frontMatter;
  const { values, problem } = parseYamlMapping(lines.join('\n'));
  if (problem !== null) {
    const place = `第 ${problem.line + firstLine - 1} 行`;
    const remedy = '改正这一行，值里有冒号时加双引号；能认出的字段已采用';
    yield doubtful(file.path, place, `front matter 的 YAML 格式有误：${problem.reason}`, remedy);
  }
  const { metadata, problems } = readMetadata(values, 'front-matter');
  for (const wrong of problems) {
    const reason = `front matter 的字段不可用：${wrong}`;
    yield doubtful(file.path, '', reason, '改成一行文字；其余已采用');
  }
  const { markdown, url } = takeOriginalLink(text.slice(end));
  const { title, body } = withTitle(markdown, metadata.title);
  const story = markdownToText(body);
  if (story === '') {
    const place = `第 ${firstLine + lines.length + 1} 行`;
    yield rejected(file.path, place, 'front matter 之后没有正文', '补上正文，或移走文件');
    return;
  }
  if (title === undefined)
    yield doubtful(file.path, '', '没有标题，暂以文件名为标题', '在 front matter 里写上 title');
  const said = withoutEmpty({ title: title ?? titleFromName(file.path), url, dates: [] });
  yield pageOfStory(file.path, '', story, mergeMetadata(metadata, said));
}

/** True when a text begins with front matter: `---`, keys and values, `---`. Takes a head, too. */
export function beginsWithFrontMatter(text: string): boolean {
  return findFrontMatter(text) !== null;
}

/** No front matter is longer, or stands lower; what looks longer is a text that begins with a rule. */
const MOST_LINES = 200;
const MOST_BLANK_LINES = 18;

interface FrontMatter {
  readonly lines: readonly string[];
  /** Its number in the text, from 1. */
  readonly firstLine: number;
  /** Offset of what follows. */
  readonly end: number;
}

function findFrontMatter(text: string): FrontMatter | null {
  const head = text.split('\n', MOST_BLANK_LINES + 1 + MOST_LINES);
  const opening = head.findIndex((line) => line.trim() !== '');
  if (opening > MOST_BLANK_LINES || !/^---[ \t]{0,20}$/.test(head[opening] ?? '')) return null;
  const within = head.slice(opening + 1, opening + 1 + MOST_LINES);
  const closing = within.findIndex((line) => /^(?:---|\.\.\.)[ \t]{0,20}$/.test(line));
  const lines = within.slice(0, Math.max(0, closing));
  if (!lines.some((line) => /^[^\s:#-][^:：]{0,60}[:：]/.test(line))) return null;
  const end = head.slice(0, opening + closing + 2).join('\n').length + 1;
  return { lines, firstLine: opening + 2, end };
}

/** The title of the front matter, or of a heading that opens the body; it is no paragraph of the text. */
function withTitle(
  markdown: string,
  given: string | undefined,
): { readonly title: string | undefined; readonly body: string } {
  const [first = '', ...rest] = markdown.trimStart().split('\n');
  const heading = parseHeading(first)?.text ?? '';
  if (heading === '' || (given !== undefined && heading !== given))
    return { title: given, body: markdown };
  return { title: heading, body: rest.join('\n') };
}

/** `2022-03-07-park-news.md` → `park-news`. */
function titleFromName(path: string): string {
  const stem = basename(path).replace(/\.[^.]+$/, '');
  return stem.replace(/^\d{4}-\d{1,2}-\d{1,2}-/, '') || stem;
}
