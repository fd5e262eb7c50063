import type { Environment } from '../../config/environment.ts';
import { openStore } from '../store/database.ts';
import { createToolchain } from '../ingest/ingest-pipeline.ts';
import { toTerminal as say } from './progress.ts';
import { withIndexKeeper } from './with-index-keeper.ts';

/** `npm run rebalance`: moves articles to where they belong after MEILI_SHARDS has changed; searches go on. */
export async function runRebalance(environment: Environment): Promise<number> {
  if (environment.shards.length === 0) {
    say('没有设置 MEILI_SHARDS，文章都在一台检索引擎上，没有什么可搬。');
    return 1;
  }
  const store = openStore(environment.dataDir);
  try {
    const moved = await withIndexKeeper(
      { environment, store, toolchain: createToolchain(environment), say },
      (keeper) => keeper.rebalance(),
    );
    say(
      moved === 0
        ? `${environment.shards.length} 台检索引擎上的文章都在该在的地方，没有搬动。`
        : `已搬动 ${moved} 篇，文章分放在 ${environment.shards.length} 台检索引擎上。服务若仍按旧的 MEILI_SHARDS 运行，请重启它。`,
    );
    return 0;
  } finally {
    store.close();
  }
}
