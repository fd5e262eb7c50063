import type { Annotator, ValueAnnotation } from './annotation.ts';
import { outsideText } from './article-fields.ts';

/** Cuts a title into its telling words, the most telling first; the analyzer provides one. */
export type TitleWords = (title: string) => readonly string[];

const MOST = 8;

/** Keywords of an article: the tags of the file, the parks it names (found earlier), words of its title. */
export function createKeywordAnnotator(titleWords: TitleWords = quotedPhrases): Annotator {
  return {
    name: 'keywords',
    annotate(article, earlier) {
      const { title } = article;
      const parks = earlier.flatMap((found) => (found.type === 'park' ? [found.name] : []));
      const words = [...(article.page.metadata.tags ?? []), ...parks, ...titleWords(title)];
      const keywords: ValueAnnotation[] = [];
      for (const value of new Set(words.map((word) => word.trim()))) {
        if (value.length < 2 || value.length > 30) continue;
        const start = title.indexOf(value);
        const span =
          start < 0 ? outsideText : ({ field: 'title', start, end: start + value.length } as const);
        keywords.push({ type: 'keyword', ...span, value });
        if (keywords.length === MOST) break;
      }
      return keywords;
    },
  };
}

/** What a headline puts in quotation marks: 用服务“加法”换园区发展“乘法” → 加法, 乘法. */
function quotedPhrases(title: string): readonly string[] {
  return [...title.matchAll(/[“「『"《]([^“”「」『』"《》]{2,12})[”」』"》]/gu)].map(
    (match) => match[1] ?? '',
  );
}
