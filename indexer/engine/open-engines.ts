import type { Environment, Shard } from '../../config/environment.ts';
import type { Engine } from './engine.ts';
import { externalEngine, openEngine } from './engine.ts';
import { EngineError } from './engine-error.ts';
import type { EngineClients } from './engine-keys.ts';
import { engineClients, openEngineClients } from './engine-keys.ts';
import type { EngineLog } from './engine-log.ts';
import { PAYLOAD_LIMIT } from './engine-process.ts';
import { checkExternalEngine } from './external-engine.ts';
import type { IndexNode } from './index-nodes.ts';
import { ONLY_NODE } from './index-nodes.ts';
import { joinNetwork } from './join-network.ts';

/** The engines of this installation: our own or one at MEILI_URL, or those of MEILI_SHARDS. */
export interface Engines extends Pick<Engine, 'onEvent' | 'discardData' | 'stop'> {
  /** Of MEILI_SHARDS, so that they share the articles. */
  readonly areShards: boolean;
  /**
   * Clients for each, with the keys that they need. With a single engine it must answer; of several one
   * that does not is left for {@link EngineNodes.renew}.
   * @throws EngineError `wrong-key` when a master key may not make keys.
   */
  readonly openNodes: (searchLimit?: number) => Promise<EngineNodes>;
}

export interface EngineNode extends IndexNode {
  readonly clients: EngineClients;
}

export interface EngineNodes {
  readonly nodes: readonly EngineNode[];
  /** Engines that did not answer. */
  readonly absent: readonly string[];
  /** Gives engines that came back without data their keys, and of several the others' addresses. */
  readonly renew: () => Promise<void>;
}

type Settings = Pick<
  Environment,
  'dataDir' | 'meiliUrl' | 'meiliMasterKey' | 'meiliBin' | 'shards' | 'lowMemory'
>;

/** Documents wait for it in memory. */
const LOW_MEMORY_TAKES = 60_000_000;

/**
 * Opens what the environment asks for.
 * @throws EngineError when there is no engine to be had: of several, when not one answers.
 */
export async function openEngines(settings: Settings, log: EngineLog): Promise<Engines> {
  if (settings.shards.length > 0) return openShards(settings.shards, log);
  const engine = await openEngine({ ...settings, log });
  return {
    areShards: false,
    onEvent: (listener) => engine.onEvent(listener),
    discardData: (reason) => engine.discardData(reason),
    stop: () => engine.stop(),
    async openNodes(searchLimit) {
      const clients = await openEngineClients(engine, searchLimit);
      const node = toNode(ONLY_NODE, clients);
      const isOwn = settings.meiliUrl === undefined;
      const takesAtOnce = settings.lowMemory ? LOW_MEMORY_TAKES : PAYLOAD_LIMIT;
      const nodes = [isOwn ? { ...node, takesAtOnce } : node];
      return { nodes, absent: [], renew: clients.renewKeys };
    },
  };
}

async function openShards(shards: readonly Shard[], log: EngineLog): Promise<Engines> {
  const engines = await Promise.all(shards.map((shard) => openShard(shard, log)));
  if (engines.every((engine) => engine === null))
    throw new EngineError(
      'unreachable',
      `MEILI_SHARDS 的 ${shards.length} 台 Meilisearch 都连不上：${shards.map(({ url }) => url).join('、')}。请确认它们已经启动、地址和端口正确。`,
    );
  return {
    areShards: true,
    onEvent: () => () => undefined,
    discardData: (reason) =>
      Promise.reject(
        new EngineError(
          'damaged-data',
          `MEILI_SHARDS 中有一台 Meilisearch 的数据有问题：${reason}。它们不归本程序管理，请检查日志，清空损坏的一台的数据目录后重新启动。`,
        ),
      ),
    stop: () => Promise.resolve(),
    async openNodes(searchLimit) {
      const opened = shards.map((shard, at) => {
        const engine = engines[at] ?? externalEngine(shard.url, { ...shard, version: '' });
        return { engine, node: toNode(shard.url, engineClients(engine, searchLimit)) };
      });
      const remotes = opened.map(({ node }) => ({
        name: node.name,
        searchKey: node.clients.searchKey,
      }));
      const prepare = async ({ engine, node }: (typeof opened)[number]) => {
        await node.clients.renewKeys();
        await joinNetwork(engine, remotes);
      };
      await Promise.all(opened.filter((_, at) => engines[at] !== null).map(prepare));
      return {
        nodes: opened.map(({ node }) => node),
        absent: shards.flatMap(({ url }, at) => (engines[at] === null ? [url] : [])),
        renew: async () => {
          await Promise.all(opened.map(prepare));
        },
      };
    },
  };
}

/** Null for one that does not answer: the others do without it. */
async function openShard({ url, masterKey }: Shard, log: EngineLog): Promise<Engine | null> {
  try {
    const external = await checkExternalEngine(url, masterKey, 'MEILI_SHARDS');
    if (external.masterKey === undefined)
      throw new EngineError(
        'wrong-key',
        `MEILI_SHARDS（${url}）的 Meilisearch 没有主密钥，能连上它的人都能读写；请以 MEILI_MASTER_KEY 启动它。`,
      );
    return externalEngine(url, external);
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind !== 'unreachable') throw error;
    log.warn(error.message);
    return null;
  }
}

function toNode(name: string, clients: EngineClients): EngineNode {
  return { name, clients, admin: clients.admin, documents: clients.documents };
}
