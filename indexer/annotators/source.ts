import type { Page } from '../readers/page.ts';
import { articleText, type Annotator, type ValueAnnotation } from './annotation.ts';
import { outsideText } from './article-fields.ts';
import { foldText, originalSpan } from './folded-text.ts';
import { readPageHeader, type PageHeader } from './page-header.ts';
import { selfNamedPaper, statedSource } from './paper-names.ts';

interface PageSource extends PageHeader {
  /** What the stories of the page call the paper. */
  readonly selfNamed: string | null;
}

/**
 * The paper or site of an article, and the 版面. In this order: the file's metadata, the page
 * header, 文章来源:… in the text, how the story and then the other stories of its newspaper page
 * name the paper. 本报 means the paper of the page, so it needs no rule.
 */
export function createSourceAnnotator(): Annotator {
  const pages = new WeakMap<Page, PageSource>();
  const sourceOf = (page: Page): PageSource => {
    const known = pages.get(page) ?? readPageSource(page);
    pages.set(page, known);
    return known;
  };
  return {
    name: 'source',
    annotate(article) {
      const { metadata } = article.page;
      const page = sourceOf(article.page);
      const section = metadata.section ?? page.section;
      const given = metadata.source ?? page.paper;
      const found: ValueAnnotation[] = [];
      if (section !== null) found.push({ type: 'section', ...outsideText, value: section });
      if (given !== null) return [...found, { type: 'source', ...outsideText, value: given }];
      const folded = foldText(articleText(article));
      const own = statedSource(folded.text) ?? selfNamedPaper(folded.text);
      if (own !== null) {
        const span = originalSpan(folded, own.start, own.end);
        return [...found, { type: 'source', field: 'text', ...span, value: own.name }];
      }
      if (page.selfNamed === null) return found;
      return [...found, { type: 'source', ...outsideText, value: page.selfNamed }];
    },
  };
}

const READ_AT_MOST = 200_000;

function readPageSource(page: Page): PageSource {
  const { text } = foldText(page.text.slice(0, READ_AT_MOST));
  const stated = page.layout === 'story' ? statedSource(text)?.name : undefined;
  return { ...readPageHeader(page), selfNamed: stated ?? selfNamedPaper(text)?.name ?? null };
}
