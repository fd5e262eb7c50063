import { dirname } from 'node:path';
import { loadGazetteer } from '../../config/gazetteer.ts';
import type { AnnotatedArticle } from '../../indexer/annotators/annotation.ts';
import { createAnnotators } from '../../indexer/annotators/annotators.ts';
import { loadContinuationModel } from '../../indexer/articles/continuation-model.ts';
import { createPagePreparer } from '../../indexer/ingest/prepare-page.ts';
import { openSource } from '../../indexer/readers/open-source.ts';
import type { Page } from '../../indexer/readers/page.ts';
import { readSource } from '../../indexer/readers/readers.ts';
import type { GoldArticle } from './page-scores.ts';

const gazetteer = loadGazetteer();
const prepare = createPagePreparer(loadContinuationModel(), createAnnotators(gazetteer));

/** Returns the articles of a page as indexing would make them. */
export function preparePage(page: Page): readonly AnnotatedArticle[] {
  return prepare(page).articles;
}

/** Returns the articles of a file as indexing would make them; throws what the reader rejects. */
export async function prepareFile(path: string): Promise<AnnotatedArticle[]> {
  const source = await openSource(path, dirname(path));
  if ('type' in source) throw new Error(`${path}：${source.reason}`);
  const articles: AnnotatedArticle[] = [];
  for await (const item of readSource(source)) {
    if (item.type === 'page') articles.push(...preparePage(item));
    else if (item.severity === 'rejected') throw new Error(`${path}：${item.reason}`);
  }
  return articles;
}

/** Returns whether the primary park is the gold's first one, by any of its names. */
export function hasPrimaryPark(article: AnnotatedArticle, gold: GoldArticle): boolean | null {
  const wanted = gold.parks?.[0];
  if (wanted === undefined) return null;
  const found = article.parks[0];
  if (found === undefined) return false;
  const record = gazetteer.parks.find((park) => park.id === found.id);
  return [found.name, record?.name, record?.fullName, ...(record?.aliases ?? [])].includes(wanted);
}

/** Returns whether the date says what the gold says, at least as precisely. */
export function hasDate(article: AnnotatedArticle, gold: GoldArticle): boolean | null {
  if (gold.date === undefined) return null;
  return article.date.date?.startsWith(gold.date) ?? false;
}
