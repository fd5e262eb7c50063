import { z } from 'zod';
import type { Environment, Shard } from '../../config/environment.ts';
import type { Engine } from './engine.ts';
import { externalEngine, masterClient, openEngine } from './engine.ts';
import { EngineError } from './engine-error.ts';
import type { EngineClients } from './engine-keys.ts';
import { engineClients, openEngineClients } from './engine-keys.ts';
import type { EngineLog } from './engine-log.ts';
import { checkExternalEngine } from './external-engine.ts';
import { createIndexEngine, ONLY_NODE, type IndexEngine } from './index-engine.ts';
import { PAYLOAD_LIMIT } from './spawn-engine.ts';

/** The engines of this installation: our own or one at MEILI_URL, or those of MEILI_SHARDS. */
export interface Engines extends Pick<Engine, 'onEvent' | 'discardData' | 'stop'> {
  /**
   * Clients for each, with the keys that they need. With a single engine it must answer; of several one
   * that does not is left for {@link EngineNodes.renew}.
   * @throws EngineError `wrong-key` when a master key may not make keys.
   */
  readonly openNodes: (searchLimit?: number) => Promise<EngineNodes>;
}

export interface EngineNode extends IndexEngine {
  readonly clients: EngineClients;
}

export interface EngineNodes {
  readonly nodes: readonly EngineNode[];
  /** Addresses of engines that did not answer. */
  readonly unreachable: readonly string[];
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
    ...engine,
    async openNodes(searchLimit) {
      const clients = await openEngineClients(engine, searchLimit);
      const takesAtOnce = settings.lowMemory ? LOW_MEMORY_TAKES : PAYLOAD_LIMIT;
      const node = toNode(ONLY_NODE, clients, engine.owned ? { takesAtOnce } : {});
      return { nodes: [node], unreachable: [], renew: clients.renewKeys };
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
      const prepare = async ({ engine, node }: (typeof opened)[number]) => {
        await node.clients.renewKeys();
        await joinNetwork(
          engine,
          opened.map((other) => other.node),
        );
      };
      await Promise.all(opened.filter((_, at) => engines[at] !== null).map(prepare));
      return {
        nodes: opened.map(({ node }) => node),
        unreachable: shards.flatMap(({ url }, at) => (engines[at] === null ? [url] : [])),
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

function toNode(
  name: string,
  clients: EngineClients,
  limits?: { takesAtOnce?: number },
): EngineNode {
  return { ...createIndexEngine({ name, ...clients, ...limits }), clients };
}

const networkSchema = z.object({
  self: z.string().nullish(),
  remotes: z.record(z.string(), z.object({ searchApiKey: z.string().nullish() })).nullish(),
});

/**
 * Tells an engine who it is and where the others are, so that it can put a search to all of them: its
 * experimental feature `network`. Others that it knows already stay known. The engine's `sharding` stays
 * off: it is not free, and which article lies where is ours to say.
 */
async function joinNetwork(engine: Engine, nodes: readonly EngineNode[]): Promise<void> {
  const client = masterClient(engine);
  if ((await client.getExperimentalFeatures()).network !== true)
    await client.updateExperimentalFeatures({ network: true });
  const { self, remotes: known } = networkSchema.parse(await client.getNetwork());
  const isKnown = ({ name, clients }: EngineNode) =>
    known?.[name]?.searchApiKey === clients.searchKey;
  if (self === engine.url && nodes.every(isKnown)) return;
  await client.updateNetwork({
    self: engine.url,
    remotes: Object.fromEntries(
      nodes.map(({ name, clients }) => [
        name,
        { url: name, searchApiKey: clients.searchKey ?? null },
      ]),
    ),
  });
}
