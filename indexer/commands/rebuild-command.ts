import type { Environment } from '../../config/environment.ts';
import { countArticles } from '../store/articles.ts';
import { openStore } from '../store/database.ts';
import { createToolchain } from '../ingest/ingest-pipeline.ts';
import { withIndexKeeper } from './with-index-keeper.ts';

/** `npm run rebuild`: a fresh index from the article store, put in place when it is whole. */
export async function runRebuild(environment: Environment): Promise<number> {
  const say = (message: string) => void process.stderr.write(`${message}\n`);
  const store = openStore(environment.dataDir);
  try {
    await withIndexKeeper(
      { environment, store, toolchain: createToolchain(environment), say },
      (keeper) => keeper.rebuild(),
    );
    say(`索引已重建并换上：${countArticles(store)} 篇文章`);
    return 0;
  } finally {
    store.close();
  }
}
