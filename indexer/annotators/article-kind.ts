import type { Article } from '../articles/article.ts';
import { articleText, type AnnotatedArticle } from './annotation.ts';

// Papers print 简讯 of up to about two hundred characters.
const LONGEST_BRIEF = 200;
const LONGEST_PHOTO_TEXT = 120;

/** `photo`: a picture with little but its caption; `brief`: a short item; `story`: the rest. */
export function articleKind(article: Article): AnnotatedArticle['kind'] {
  const text = articleText(article).trim();
  const label = `${article.kicker ?? ''} ${article.title}`;
  if (text === '' && article.captions.length > 0) return 'photo';
  if (text.length <= LONGEST_PHOTO_TEXT && PICTURE.test(`${label} ${text}`)) return 'photo';
  if (text.length <= LONGEST_BRIEF || /简讯|快讯|短讯|简报/u.test(label)) return 'brief';
  return 'story';
}

const PICTURE =
  /图为|图片新闻|^\s*图说|[上下左右]图[：:]|摄影报道|[\u4e00-\u9fff]{2,4}\s?摄(?:[）)。]|$)/u;
