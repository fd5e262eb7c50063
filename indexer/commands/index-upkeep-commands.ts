import type { Environment } from '../../config/environment.ts';
import { createLog } from '../core/log.ts';
import { PATIENT_LIMIT } from '../engine/engine-keys.ts';
import { openEngines } from '../engine/open-engines.ts';
import { createIngestPipeline, type IngestPipeline } from '../ingest/ingest-pipeline.ts';
import { createIndexManager, type IndexManager } from '../push/index-manager.ts';
import { retryWhileRecovering } from '../push/retry-while-recovering.ts';
import { countArticles } from '../store/articles.ts';
import { openStore, type Store } from '../store/database.ts';
import { createProgress, toTerminal, type Say } from './terminal.ts';

/** `npm run rebuild`: a fresh index from the article store, put in place when it is whole. */
export async function runRebuild(environment: Environment): Promise<number> {
  const store = openStore(environment.dataDir);
  try {
    await manageIndex(environment, store, (manager) => manager.rebuild());
    toTerminal(`索引已重建并换上：${countArticles(store)} 篇文章`);
    return 0;
  } finally {
    store.close();
  }
}

/** `npm run rebalance`: moves articles to where they belong after MEILI_SHARDS has changed; searches go on. */
export async function runRebalance(environment: Environment): Promise<number> {
  const engines = environment.shards.length;
  if (engines === 0) {
    toTerminal('没有设置 MEILI_SHARDS，文章都在一台检索引擎上，没有什么可搬。');
    return 1;
  }
  const store = openStore(environment.dataDir);
  try {
    const moved = await manageIndex(environment, store, (manager) => manager.rebalance());
    toTerminal(
      moved === 0
        ? `${engines} 台检索引擎上的文章都在该在的地方，没有搬动。`
        : `已搬动 ${moved} 篇，文章分放在 ${engines} 台检索引擎上。服务若仍按旧的 MEILI_SHARDS 运行，请重启它。`,
    );
    return 0;
  } finally {
    store.close();
  }
}

function manageIndex<T>(
  environment: Environment,
  store: Store,
  work: (manager: IndexManager) => Promise<T>,
): Promise<T> {
  const pipeline = createIngestPipeline(environment);
  return withIndexManager({ environment, store, pipeline, say: toTerminal }, work);
}

/** A search may have been on its way to the engine for that long. */
const MARGIN_MS = 1_000;

export interface CommandContext {
  readonly environment: Environment;
  readonly store: Store;
  readonly pipeline: IngestPipeline;
  readonly say: Say;
}

interface IndexContext extends CommandContext {
  /** Whether another progress is being shown just now. */
  readonly isQuiet?: () => boolean;
}

/**
 * Does the work, over restarts of the engine, with one opened for it, and stops the engine afterwards
 * if it is ours alone.
 */
export async function withIndexManager<T>(
  { environment, store, pipeline, say, isQuiet = () => false }: IndexContext,
  work: (manager: IndexManager) => Promise<T>,
): Promise<T> {
  const logLevel = environment.logLevel === 'info' ? 'warn' : environment.logLevel;
  const log = createLog({ ...environment, logLevel });
  const engines = await openEngines(environment, log);
  const bars = {
    build: createProgress('分词'),
    engine: createProgress('写入索引'),
    move: createProgress('搬移'),
  };
  try {
    return await retryWhileRecovering(
      async () => {
        const { nodes } = await engines.openNodes();
        return work(
          createIndexManager({
            store,
            dataDir: environment.dataDir,
            nodes,
            buildDocument: pipeline.buildDocument,
            openChangePool: pipeline.openChangePool,
            fingerprint: pipeline.fingerprint,
            say,
            settleFor: Math.max(environment.engineLimit, PATIENT_LIMIT) + MARGIN_MS,
            onProgress: ({ stage, done, total }) => {
              if (!isQuiet()) bars[stage].show(done, '篇', total);
            },
          }),
        );
      },
      { engine: engines, say },
    );
  } finally {
    for (const bar of Object.values(bars)) bar.end();
    await engines.stop();
  }
}
