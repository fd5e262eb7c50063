import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One story of a digest file: its heading and its paragraphs, tags taken off. */
export interface TrainingStory {
  readonly file: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
}

const BROADCAST_OPENING = /^央视网消息\s*[（(]新闻联播[）)]\s*[:：]?\s*/;

/**
 * Returns whether a digest file is kept out of training, so that benchmarks can be measured on
 * text that the model has not seen: every tenth file of the folder in name order.
 */
export function isHeldOut(fileIndex: number): boolean {
  return fileIndex % 10 === 0;
}

/** Returns the stories of one digest (`### ` headings, HTML paragraphs), in file order. */
function digestStories(file: string, markdown: string): TrainingStory[] {
  return markdown
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const newline = section.indexOf('\n');
      const title = newline < 0 ? section : section.slice(0, newline);
      const body = newline < 0 ? '' : section.slice(newline + 1);
      return { file, title: title.trim(), paragraphs: htmlParagraphs(body) };
    });
}

/** Returns the stories of every `.md` digest in a folder, file by file, with the file's index. */
export function* folderStories(
  folder: string,
): Generator<{ fileIndex: number; stories: TrainingStory[] }> {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort();
  for (const [fileIndex, name] of names.entries()) {
    yield { fileIndex, stories: digestStories(name, readFileSync(join(folder, name), 'utf8')) };
  }
}

function htmlParagraphs(body: string): string[] {
  return body
    .replace(/\[[^\]\n]{1,40}\]\([^)\n]{1,400}\)/g, '')
    .replace(/<\/p>|<br\s*\/?>|\n/g, '\n')
    .replace(/<[^<>]{0,400}>/g, '')
    .split('\n')
    .map((line) =>
      line
        .replace(/&nbsp;/g, ' ')
        .trim()
        .replace(BROADCAST_OPENING, ''),
    )
    .filter((line) => line !== '' && !line.startsWith('#'));
}
