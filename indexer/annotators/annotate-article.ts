import type { Article } from '../articles/article.ts';
import {
  articleText,
  type AnnotatedArticle,
  type AnnotatedField,
  type Annotation,
  type Annotator,
  type ArticleDate,
  type ArticlePark,
  type ParkAnnotation,
  type ValueAnnotation,
} from './annotation.ts';

/** Runs the annotators in order and folds what they find into one record of the article. */
export function annotateArticle(
  article: Article,
  annotators: readonly Annotator[],
): AnnotatedArticle {
  const annotations: Annotation[] = [];
  for (const annotator of annotators)
    for (const found of annotator.annotate(article, annotations)) annotations.push(found);
  return {
    article,
    text: articleText(article),
    parks: rankParks(annotations),
    date: publicationDate(annotations),
    source: valuesOf(annotations, 'source')[0] ?? null,
    section: valuesOf(annotations, 'section')[0] ?? null,
    authors: valuesOf(annotations, 'author'),
    kind: articleKind(article),
    keywords: valuesOf(annotations, 'keyword'),
    annotations,
  };
}

function publicationDate(annotations: readonly Annotation[]): ArticleDate {
  for (const found of annotations)
    if (found.type === 'date' && found.role === 'publication')
      return { date: found.date, precision: found.precision, evidence: found.evidence };
  return {
    date: null,
    precision: 'unknown',
    evidence: '元数据、版面与正文都没有能定出年份的日期',
  };
}

function valuesOf(
  annotations: readonly Annotation[],
  type: ValueAnnotation['type'],
): readonly string[] {
  const values = annotations.flatMap((found) => (found.type === type ? [found.value] : []));
  return [...new Set(values)];
}

// Papers print 简讯 of up to about two hundred characters.
const LONGEST_BRIEF = 200;
const LONGEST_PHOTO_TEXT = 120;
const PICTURE =
  /图为|图片新闻|^\s*图说|[上下左右]图[：:]|摄影报道|[\u4e00-\u9fff]{2,4}\s?摄(?:[）)。]|$)/u;

/** `photo`: a picture with little but its caption; `brief`: a short item; `story`: the rest. */
export function articleKind(article: Article): AnnotatedArticle['kind'] {
  const text = articleText(article).trim();
  const label = `${article.kicker ?? ''} ${article.title}`;
  if (text === '' && article.captions.length > 0) return 'photo';
  if (text.length <= LONGEST_PHOTO_TEXT && PICTURE.test(`${label} ${text}`)) return 'photo';
  if (text.length <= LONGEST_BRIEF || /简讯|快讯|短讯|简报/u.test(label)) return 'brief';
  return 'story';
}

/**
 * The parks of an article, the primary one first: what the headline names weighs most, then the lines around it, then
 * the lead, then how often the text names the park. Equal weights: the one named first in reading order.
 */
function rankParks(annotations: readonly Annotation[]): readonly ArticlePark[] {
  const weights = new Map<string, { park: ParkAnnotation; weight: number; mentions: number }>();
  const fieldsSeen = new Set<string>();
  for (const park of annotations) {
    if (park.type !== 'park') continue;
    const entry = weights.get(park.parkId) ?? { park, weight: 0, mentions: 0 };
    weights.set(park.parkId, entry);
    entry.mentions++;
    if (park.field === 'text') entry.weight += 1 / (1 + entry.mentions / 20);
    if (park.field === 'text' && park.start < LEAD && isFirst(fieldsSeen, park, 'lead'))
      entry.weight += 3;
    if (isFirst(fieldsSeen, park, park.field)) entry.weight += fieldWeights[park.field];
  }
  return [...weights.values()]
    .sort((a, b) => score(b) - score(a))
    .map(({ park, mentions }) => ({
      id: park.parkId,
      name: park.name,
      listed: park.listed,
      mentions,
    }));
}

// The first paragraph of a news story, more or less.
const LEAD = 150;

const fieldWeights: Readonly<Record<AnnotatedField, number>> = {
  title: 30,
  kicker: 12,
  subtitle: 12,
  caption: 0.5,
  text: 0,
  byline: 0,
  metadata: 0,
};

/** A name only shaped like a park must be clearly ahead of a park that we know. */
function score({ park, weight }: { park: ParkAnnotation; weight: number }): number {
  return park.listed ? weight : weight * 0.9;
}

function isFirst(seen: Set<string>, park: ParkAnnotation, where: string): boolean {
  const key = `${park.parkId} ${where}`;
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}
