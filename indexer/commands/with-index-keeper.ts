import type { Environment } from '../../config/environment.ts';
import { PATIENT_LIMIT } from '../engine/engine-keys.ts';
import { createLog } from '../core/log.ts';
import { createProgress } from './progress.ts';
import type { IndexKeeper } from '../push/index-keeper.ts';
import { createIndexKeeper } from '../push/index-keeper.ts';
import { rideOver } from '../push/ride-over.ts';
import { openEngines } from '../engine/open-engines.ts';
import type { Store } from '../store/database.ts';
import type { Toolchain } from '../ingest/ingest-pipeline.ts';

/** A search may have been on its way to the engine for that long. */
const MARGIN_MS = 1_000;

interface Surroundings {
  readonly environment: Environment;
  readonly store: Store;
  readonly toolchain: Toolchain;
  readonly say: (message: string) => void;
  /** Whether another progress is being shown just now. */
  readonly isQuiet?: () => boolean;
}

/**
 * Does the work, over restarts of the engine, with one opened for it, and stops the engine afterwards
 * if it is ours alone.
 */
export async function withIndexKeeper<T>(
  { environment, store, toolchain, say, isQuiet = () => false }: Surroundings,
  work: (keeper: IndexKeeper) => Promise<T>,
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
    return await rideOver(
      async () => {
        const { nodes } = await engines.openNodes();
        return work(
          createIndexKeeper({
            store,
            dataDir: environment.dataDir,
            nodes,
            buildDocument: toolchain.buildDocument,
            openChangePool: toolchain.openChangePool,
            fingerprint: toolchain.fingerprint,
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
