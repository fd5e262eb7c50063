import type { Toolchain } from '../indexer/ingest/ingest-pipeline.ts';
import type { ServerContext } from './routes/context.ts';
import { createPinyinTable } from './rewrites/pinyin-table.ts';
import { createRewriters } from './rewrites/rewrites.ts';

/** What of a context depends on the word lists. */
export type WordContext = Pick<
  ServerContext,
  'analyzer' | 'gazetteer' | 'isStopWord' | 'rewriters' | 'pinyin'
>;

/** The tools of a request, made from one state of the word lists. */
export function wordContext(toolchain: Toolchain): WordContext {
  const { analyzer, gazetteer, isStopWord, synonyms } = toolchain;
  const pinyin = createPinyinTable(gazetteer.parks);
  const rewriters = createRewriters({ analyzer, gazetteer, isStopWord, synonyms, pinyin });
  return { analyzer, gazetteer, isStopWord, rewriters, pinyin };
}
