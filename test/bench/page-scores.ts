import type { Article } from '../../indexer/articles/article.ts';

/** What a careful reader sees on a page; `anchors` must end up in this article and in no other. */
export interface GoldArticle {
  readonly title: string;
  readonly anchors: readonly string[];
  readonly parks?: readonly string[];
  readonly date?: string;
  /** The clean sentences in reading order, where they are known. */
  readonly sentences?: readonly string[];
  /** The whole clean text, where it is known. */
  readonly text?: string;
}

export interface PageScore {
  anchors: number;
  found: number;
  foreign: number;
  titles: number;
  titlesRight: number;
  articles: number;
  sentences: number;
  sentencesPresent: number;
  /** Kendall τ of each story with sentences, to be averaged. */
  orders: number[];
  parks: number;
  parksRight: number;
  dates: number;
  datesRight: number;
  readonly problems: string[];
}

/** Returns NFKC letters and digits only: texts are compared without spaces and punctuation. */
export function letters(text: string): string {
  return text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
}

/** Returns the sentences of a text that are long enough to be found again. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[。！？!?])["”’」』）)]*|\n/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => letters(sentence).length >= 8);
}

/** Returns the score of the articles of one page against its gold. */
export function scorePage(articles: readonly Article[], gold: readonly GoldArticle[]): PageScore {
  const texts = articles.map(textOf);
  const ownerOf = matchArticles(articles, gold);
  const score = emptyScore();
  score.articles = articles.length;
  for (const [number, story] of gold.entries()) {
    const own = ownerOf[number]!;
    for (const anchor of story.anchors) {
      const wanted = letters(anchor);
      score.anchors++;
      if (own >= 0 && texts[own]!.includes(wanted)) score.found++;
      else score.problems.push(`缺 [${story.title}] ${anchor}`);
      const others = texts.filter((text, index) => index !== own && text.includes(wanted)).length;
      if (others > 0) {
        score.foreign++;
        score.problems.push(`错 [${story.title}] ${anchor}`);
      }
    }
    score.titles++;
    if (own >= 0 && letters(articles[own]!.title) === letters(story.title)) score.titlesRight++;
    else score.problems.push(`题 [${story.title}] ← ${own < 0 ? '无' : articles[own]!.title}`);
    if (story.sentences !== undefined && own >= 0) {
      const order = compareOrder(articles[own]!.paragraphs.join('\n'), story.sentences);
      score.sentences += order.sentences;
      score.sentencesPresent += order.present;
      score.orders.push(order.tau);
    }
  }
  return score;
}

function textOf(article: Article): string {
  return letters(
    [article.kicker, article.title, article.subtitle, ...article.paragraphs].join('\n'),
  );
}

/**
 * Returns how many of the sentences stand in the text and Kendall's τ of their order there
 * (1 when fewer than two are there). A sentence is present when its letters are there as a run,
 * or, as re-posts differ by a word here and there, most of its five-letter pieces close together.
 */
export function compareOrder(
  text: string,
  sentences: readonly string[],
): { readonly sentences: number; readonly present: number; readonly tau: number } {
  const there = letters(text);
  const places: number[] = [];
  let present = 0;
  for (const sentence of sentences) {
    const place = placeOf(there, letters(sentence));
    if (place < 0) continue;
    present++;
    places.push(place);
  }
  let agree = 0;
  let disagree = 0;
  for (let i = 0; i < places.length; i++) {
    for (let j = i + 1; j < places.length; j++) {
      if (places[j]! > places[i]!) agree++;
      else if (places[j]! < places[i]!) disagree++;
    }
  }
  const tau = agree + disagree === 0 ? 1 : (agree - disagree) / (agree + disagree);
  return { sentences: sentences.length, present, tau };
}

export function emptyScore(): PageScore {
  return {
    anchors: 0,
    found: 0,
    foreign: 0,
    titles: 0,
    titlesRight: 0,
    articles: 0,
    sentences: 0,
    sentencesPresent: 0,
    orders: [],
    parks: 0,
    parksRight: 0,
    dates: 0,
    datesRight: 0,
    problems: [],
  };
}

export function addScore(sum: PageScore, score: PageScore): void {
  for (const key of [
    'anchors',
    'found',
    'foreign',
    'titles',
    'titlesRight',
    'articles',
    'sentences',
    'sentencesPresent',
    'parks',
    'parksRight',
    'dates',
    'datesRight',
  ] as const) {
    sum[key] += score[key];
  }
  sum.orders.push(...score.orders);
  sum.problems.push(...score.problems);
}

/** Returns each gold story's article: the one with its title, else the one with most of its anchors; −1 for none. */
export function matchArticles(
  articles: readonly Article[],
  gold: readonly GoldArticle[],
): number[] {
  const texts = articles.map(textOf);
  const candidates = gold.flatMap((story, number) =>
    articles.map((article, index) => {
      const held = story.anchors.filter((anchor) => texts[index]!.includes(letters(anchor))).length;
      const titled = letters(article.title) === letters(story.title) ? story.anchors.length : 0;
      return { number, index, weight: held + titled };
    }),
  );
  const owners = new Array<number>(gold.length).fill(-1);
  for (const { number, index, weight } of candidates.sort((a, b) => b.weight - a.weight)) {
    if (weight > 0 && owners[number] === -1 && !owners.includes(index)) owners[number] = index;
  }
  return owners;
}

const PIECE = 5;

function placeOf(text: string, sentence: string): number {
  const whole = text.indexOf(sentence);
  if (whole >= 0) return whole;
  const places: number[] = [];
  let pieces = 0;
  for (let at = 0; at + PIECE <= sentence.length; at++) {
    pieces++;
    const place = text.indexOf(sentence.slice(at, at + PIECE));
    if (place >= 0) places.push(place - at);
  }
  places.sort((a, b) => a - b);
  const middle = places[places.length >> 1] ?? -1;
  const close = places.filter((place) => Math.abs(place - middle) <= 12).length;
  return pieces > 0 && close >= pieces * 0.6 ? Math.max(0, middle) : -1;
}
