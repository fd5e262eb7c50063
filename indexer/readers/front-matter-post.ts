import { basename } from 'node:path';
import { doubtful, rejected, type Finding } from '../core/finding.ts';
import { beginsWithFrontMatter, splitFrontMatter } from './front-matter.ts';
import { markdownToText, parseHeading } from './markdown-text.ts';
import { mergeMetadata, readMetadata, withoutEmpty } from './metadata.ts';
import { takeOriginalLink } from './original-link.ts';
import type { Page, Reader, SourceFile } from './page.ts';
import { headText, readTextFile } from './text-file.ts';

/** Jekyll and Markdown posts: front matter, then one story in HTML paragraphs or Markdown. */
export const frontMatterPost: Reader = {
  name: '带 front matter 的文章（.md、.markdown、.txt）',
  accepts: (file) =>
    /\.(?:md|markdown|mdown|txt|text)$/i.test(file.path) &&
    beginsWithFrontMatter(headText(file) ?? ''),
  read: readPost,
};

async function* readPost(file: SourceFile): AsyncGenerator<Page | Finding> {
  const { text, findings } = await readTextFile(file);
  yield* findings;
  const post = text === null ? null : splitFrontMatter(text);
  if (post === null) return;
  const { metadata, problems } = readMetadata(post.values, 'front-matter');
  if (post.problem !== null) {
    const { line, reason } = post.problem;
    const remedy = '改正这一行，值里有冒号时加双引号；能认出的字段已采用';
    yield doubtful(file.path, `第 ${line} 行`, `front matter 的 YAML 格式有误：${reason}`, remedy);
  }
  for (const problem of problems) {
    yield doubtful(
      file.path,
      '',
      `front matter 的字段不可用：${problem}`,
      '改成一行文字；其余已采用',
    );
  }
  const { markdown, url } = takeOriginalLink(post.body);
  const { title, body } = withTitle(markdown, metadata.title);
  const story = markdownToText(body);
  if (story === '') {
    const place = `第 ${post.bodyLine} 行`;
    yield rejected(file.path, place, 'front matter 之后没有正文', '补上正文，或移走文件');
    return;
  }
  if (title === undefined) {
    yield doubtful(file.path, '', '没有标题，暂以文件名为标题', '在 front matter 里写上 title');
  }
  const said = withoutEmpty({ title: title ?? titleFromName(file.path), url, dates: [] });
  yield {
    type: 'page',
    file: file.path,
    place: '',
    layout: 'story',
    text: story,
    metadata: mergeMetadata(metadata, said),
  };
}

/** The title of the front matter, or of a heading that opens the body; it is no paragraph of the text. */
function withTitle(
  markdown: string,
  given: string | undefined,
): { readonly title: string | undefined; readonly body: string } {
  const start = markdown.search(/\S/);
  const end = markdown.indexOf('\n', Math.max(start, 0));
  const first = start < 0 ? '' : markdown.slice(start, end < 0 ? undefined : end);
  const heading = parseHeading(first)?.text;
  if (heading === undefined || heading === '' || (given !== undefined && heading !== given)) {
    return { title: given, body: markdown };
  }
  return { title: heading, body: end < 0 ? '' : markdown.slice(end) };
}

/** `2022-03-07-park-news.md` → `park-news`. */
function titleFromName(path: string): string {
  const stem = basename(path).replace(/\.[^.]+$/, '');
  return stem.replace(/^\d{4}-\d{1,2}-\d{1,2}-/, '') || stem;
}
