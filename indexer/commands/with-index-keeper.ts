import type { Environment } from '../../config/environment.ts';
import { openEngine } from '../engine/engine.ts';
import { openEngineClients } from '../engine/engine-keys.ts';
import { createLog } from '../log.ts';
import { createProgress } from './progress.ts';
import type { IndexKeeper } from '../push/index-keeper.ts';
import { createIndexKeeper } from '../push/index-keeper.ts';
import { rideOver } from '../push/ride-over.ts';
import type { Store } from '../store/database.ts';
import type { Toolchain } from '../toolchain.ts';

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
  const engine = await openEngine({ ...environment, log });
  const building = createProgress('分词');
  const indexing = createProgress('写入索引');
  try {
    return await rideOver(
      async () => {
        const { admin, documents } = await openEngineClients(engine);
        return work(
          createIndexKeeper({
            store,
            dataDir: environment.dataDir,
            client: admin,
            documents,
            buildDocument: toolchain.buildDocument,
            openChangePool: toolchain.openChangePool,
            fingerprint: toolchain.fingerprint,
            say,
            onProgress: ({ stage, done, total }) => {
              if (isQuiet()) return;
              if (stage === 'build') building.show(done, '篇', total);
              else indexing.show(done, '篇', total);
            },
          }),
        );
      },
      { engine, say },
    );
  } finally {
    building.end();
    indexing.end();
    await engine.stop();
  }
}
