import { articleText, outsideText, type Annotator, type ValueAnnotation } from './annotation.ts';
import { areNames } from '../articles/bylines.ts';

interface FoundAuthor {
  readonly name: string;
  /** In the original text. */
  readonly start: number;
  readonly end: number;
}

/**
 * The people who wrote an article: the file's author, the by-lines, `（记者 刘琴）` at the beginning
 * or end of the text, a name alone in the last paragraph.
 */
export const authorAnnotator: Annotator = {
  name: 'authors',
  annotate(article) {
    const bylines = article.bylines.join('\n');
    const text = articleText(article);
    const found: ValueAnnotation[] = [];
    const author = article.page.metadata.author;
    if (author !== undefined && article.page.layout === 'story')
      for (const { name } of namesIn(author))
        found.push({ type: 'author', ...outsideText, value: name });
    for (const { name, start, end } of namesIn(bylines))
      found.push({ type: 'author', field: 'byline', start, end, value: name });
    for (const { name, start, end } of namesInText(text))
      found.push({ type: 'author', field: 'text', start, end, value: name });
    const seen = new Set<string>();
    return found.filter(({ value }) => !seen.has(value) && seen.add(value));
  },
};

const ROLE =
  /(?:本报|本刊|本网|本站|[\u4e00-\u9fff]{2,8}?(?:日报|晚报|时报|导报|报|社|网))?(?:特约|首席|高级|资深|见习|实习|全媒体|融媒体|驻[\u4e00-\u9fff]{1,4}?){0,3}(?:记者|通讯员|实习生|撰稿人?|评论员|作者|编译|整理|供稿|采写|摄影|摄)/gu;
const NO_NAME =
  /^(?:文|图|文字|图文|撰文|报道|综合|综合报道|综合整理|摄影报道|本报|本报讯|本刊|消息|讯|来源|责编|编辑|责任编辑|校对|见习|实习|特约|等|注|并摄|供图|图片|视频|制图|统筹|策划)$/u;
const SEPARATOR = /[\s、,，;；:：/／|｜()（）【】[\]◎▶►●■◆□○★☆▲△▷◇◈❖—-]+/u;

/** The names in a by-line, `本报记者 过国忠 通讯员 周雯洁` → 过国忠, 周雯洁. */
export function namesIn(line: string): FoundAuthor[] {
  // Roles become as many blanks, so that offsets stay.
  const bare = line.slice(0, 500).replace(ROLE, (role) => ' '.repeat(role.length));
  const words: FoundAuthor[] = [];
  let at = 0;
  for (const word of bare.split(SEPARATOR)) {
    if (word === '') continue;
    const start = bare.indexOf(word, at);
    at = start + word.length;
    words.push({ name: word, start, end: at });
  }
  return joinSpaced(words, bare).filter(({ name }) => isName(name));
}

/** 刘 琴 → 刘琴: names of two characters are set as wide as those of three. */
function joinSpaced(words: readonly FoundAuthor[], text: string): FoundAuthor[] {
  const joined: FoundAuthor[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    const isPair = last?.name.length === 1 && word.name.length === 1;
    if (last !== undefined && isPair && /^[ \u3000]+$/u.test(text.slice(last.end, word.start)))
      joined.splice(-1, 1, { name: last.name + word.name, start: last.start, end: word.end });
    else joined.push(word);
  }
  return joined;
}

function isName(word: string): boolean {
  if (NO_NAME.test(word)) return false;
  return (
    /^[\u4e00-\u9fff]{2,4}$/u.test(word) ||
    /^[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff·]{1,10}$/u.test(word)
  );
}

const IN_BRACKETS = /[（(]([^（()）。]{0,12}(?:记者|通讯员|实习生)[^（()）。]{1,60})[)）]/u;
const AFTER_DATELINE =
  /^[\u4e00-\u9fff\d]{0,24}[讯电][ \u3000]+((?:本报)?(?:特约|见习)?(?:记者|通讯员)[ \u3000]*[\u4e00-\u9fff]{2,4}(?:[ \u3000、]+(?:通讯员[ \u3000]*)?[\u4e00-\u9fff]{2,3})*)[ \u3000]/u;
const ENDS = 120;

function namesInText(text: string): FoundAuthor[] {
  const found: FoundAuthor[] = [];
  const take = (part: string, offset: number): void => {
    for (const { name, start, end } of namesIn(part))
      found.push({ name, start: start + offset, end: end + offset });
  };
  const head = text.slice(0, ENDS);
  for (const shape of [IN_BRACKETS, AFTER_DATELINE]) {
    const match = shape.exec(head);
    if (match?.[1] !== undefined) take(match[1], match.index + match[0].indexOf(match[1]));
  }
  const tailStart = Math.max(0, text.length - ENDS);
  const tail = text.slice(tailStart);
  const atEnd = IN_BRACKETS.exec(tail);
  if (atEnd?.[1] !== undefined && /[)）]\s*$/u.test(tail))
    take(atEnd[1], tailStart + atEnd.index + atEnd[0].indexOf(atEnd[1]));
  const lastLine = text.slice(text.lastIndexOf('\n') + 1);
  if (lastLine.length <= 24 && lastLine.length < text.length && areNames(lastLine))
    take(lastLine, text.length - lastLine.length);
  return found;
}
