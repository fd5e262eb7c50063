import type { Gazetteer } from '../../config/gazetteer.ts';
import { outsideText, type Annotator } from './annotation.ts';
import { authorAnnotator } from './authors.ts';
import { createDateAnnotator } from './dates.ts';
import { createParkAnnotator, createParkNameFinder } from './park-names.ts';
import { createSourceAnnotator } from './source.ts';

/**
 * All annotators, in the order in which they run; keywords need the parks. No year later than `thisYear` is
 * taken for a year of printing.
 */
export function createAnnotators(
  gazetteer: Gazetteer,
  thisYear: number = new Date().getFullYear(),
): readonly Annotator[] {
  return [
    createParkAnnotator(createParkNameFinder(gazetteer)),
    createDateAnnotator(thisYear),
    createSourceAnnotator(),
    authorAnnotator,
    keywordAnnotator,
  ];
}

const MOST_KEYWORDS = 8;

/** Keywords of an article: the tags of the file, the parks it names (found earlier), what its title quotes. */
const keywordAnnotator: Annotator = {
  name: 'keywords',
  annotate({ title, page }, earlier) {
    const parks = earlier.flatMap((found) => (found.type === 'park' ? [found.name] : []));
    const words = [...(page.metadata.tags ?? []), ...parks, ...quotedPhrases(title)];
    return [...new Set(words.map((word) => word.trim()))]
      .filter((value) => value.length >= 2 && value.length <= 30)
      .slice(0, MOST_KEYWORDS)
      .map((value) => {
        const start = title.indexOf(value);
        const inTitle = { field: 'title', start, end: start + value.length } as const;
        return { type: 'keyword', ...(start < 0 ? outsideText : inTitle), value };
      });
  },
};

/** What a headline puts in quotation marks: 用服务“加法”换园区发展“乘法” → 加法, 乘法. */
function quotedPhrases(title: string): readonly string[] {
  return [...title.matchAll(/[“「『"《]([^“”「」『』"《》]{2,12})[”」』"》]/gu)].map(
    (match) => match[1] ?? '',
  );
}
