import { createHmac } from 'node:crypto';
import { Meilisearch } from 'meilisearch';
import type { Engine } from './engine.ts';
import { masterClient } from './engine.ts';
import { EngineError, engineCode } from './engine-error.ts';
import { GuardedClient } from './guarded-client.ts';

export interface EngineClients {
  /** Searches and nothing else; fails fast, for people who wait. */
  readonly search: GuardedClient;
  /** The same with more patience, for feeds, exports and what nobody waits for. */
  readonly patient: GuardedClient;
  /** Adds and removes documents of indexes that there are; makes none. */
  readonly documents: Meilisearch;
  /** Everything the indexer does, but no keys. */
  readonly admin: Meilisearch;
  /** The secret of the search key, for the engines that ask this one; undefined: none is asked for. */
  readonly searchKey: string | undefined;
  /**
   * Makes the keys in an engine that has them not, or no more; they come out the same.
   * @throws EngineError `wrong-key` when the master key may not make keys, `dead-keys` when the engine has
   * ours and refuses them.
   */
  readonly renewKeys: () => Promise<void>;
}

/**
 * Compressed answers leave the engine in two packets, of which the second waits 40 ms for the first to be
 * acknowledged; `fetch` asks for compression unless told otherwise.
 */
const PLAIN_ANSWERS = { headers: { 'accept-encoding': 'identity' } };

/** Milliseconds after which a request is given up that nobody waits for. */
export const PATIENT_LIMIT = 10_000;
const ADMIN_LIMIT = 10_000;
/** A batch of documents is some megabytes. */
const DOCUMENTS_LIMIT = 60_000;

interface KeySpec {
  /**
   * Fixed, so that the key is made once; the engine derives the secret from it and the master key.
   * A changed set of actions needs a new one: the engine cannot change the actions of a key.
   */
  readonly uid: string;
  readonly name: string;
  readonly description: string;
  readonly actions: readonly string[];
  /** The least that a client with the key must be able to do. */
  readonly tryOut: (client: Meilisearch) => Promise<unknown>;
}

const SEARCH_KEY: KeySpec = {
  uid: '5a1f0f5e-6d0b-4f7e-9d53-6a6b1c1f2e03',
  name: 'park-news-search server',
  description: 'Searches',
  actions: ['search'],
  tryOut: (client) => client.multiSearch({ queries: [] }),
};

const ADMIN_KEY: KeySpec = {
  uid: '5a1f0f5e-6d0b-4f7e-9d53-6a6b1c1f2e02',
  name: 'park-news-search indexer',
  description: 'Documents, indexes, settings and tasks',
  actions: ['search', 'documents.*', 'indexes.*', 'settings.*', 'tasks.*', 'stats.get', 'version'],
  tryOut: (client) => client.getVersion(),
};

/**
 * The engine makes an index for documents that come for one it has not, without our settings; a key that
 * may not do so turns that into a failed task. So an index that was lost is never half there.
 */
const DOCUMENTS_KEY: KeySpec = {
  uid: '5a1f0f5e-6d0b-4f7e-9d53-6a6b1c1f2e04',
  name: 'park-news-search documents',
  description: 'Documents and tasks',
  actions: ['documents.add', 'documents.delete', 'tasks.get'],
  tryOut: (client) => client.tasks.getTask(0),
};

/**
 * Clients with keys as narrow as their work; the keys are made in the engine when they are missing. A
 * search is given up after `searchLimit` milliseconds. For an engine at MEILI_URL without protection all
 * clients come without a key.
 * @throws as {@link EngineClients.renewKeys} does.
 */
export async function openEngineClients(
  engine: Engine,
  searchLimit?: number,
): Promise<EngineClients> {
  const clients = engineClients(engine, searchLimit);
  await clients.renewKeys();
  return clients;
}

/** The same clients without asking the engine, which may be away: whether it has the keys is not known. */
export function engineClients(engine: Engine, searchLimit = PATIENT_LIMIT): EngineClients {
  const { url: host, masterKey } = engine;
  const withKey = ({ uid }: KeySpec) =>
    masterKey === undefined ? { host } : { host, apiKey: secretOf(masterKey, uid) };
  const searching = { ...withKey(SEARCH_KEY), requestInit: PLAIN_ANSWERS };
  return {
    search: new GuardedClient(searching, searchLimit),
    patient: new GuardedClient(searching, PATIENT_LIMIT),
    documents: new Meilisearch({ ...withKey(DOCUMENTS_KEY), timeout: DOCUMENTS_LIMIT }),
    admin: new Meilisearch({ ...withKey(ADMIN_KEY), timeout: ADMIN_LIMIT }),
    searchKey: masterKey === undefined ? undefined : secretOf(masterKey, SEARCH_KEY.uid),
    async renewKeys() {
      if (masterKey === undefined) return;
      const master = masterClient(engine);
      for (const key of [SEARCH_KEY, DOCUMENTS_KEY, ADMIN_KEY]) {
        await ensureKey(master, key);
        await verifyKey(new Meilisearch({ ...withKey(key), timeout: ADMIN_LIMIT }), key);
      }
    },
  };
}

/** How the engine makes a key's secret (its documentation, “API key structure”: HMAC-SHA256 of the uid). */
function secretOf(masterKey: string, uid: string): string {
  return createHmac('sha256', masterKey).update(uid).digest('hex');
}

async function ensureKey(master: Meilisearch, { tryOut: _, ...spec }: KeySpec): Promise<void> {
  try {
    await master.getKey(spec.uid);
    return;
  } catch (error) {
    if (engineCode(error) !== 'api_key_not_found') throw explain(error);
  }
  try {
    const actions = [...spec.actions];
    await master.createKey({ ...spec, actions, indexes: ['*'], expiresAt: null });
  } catch (error) {
    // Another process of ours was quicker.
    if (engineCode(error) !== 'api_key_already_exists') throw explain(error);
  }
}

/**
 * The engine keeps what a key may do apart from the list of keys: seen when bytes of that file were
 * overwritten, it listed our keys and refused each of them.
 */
async function verifyKey(client: Meilisearch, { name, tryOut }: KeySpec): Promise<void> {
  try {
    await tryOut(client);
  } catch (error) {
    if (engineCode(error) === 'invalid_api_key')
      throw new EngineError(
        'dead-keys',
        `检索引擎里有密钥“${name}”，却不认它，多半是引擎的密钥数据已损坏。请在引擎里删去这个密钥，它会自动重建。`,
        { cause: error },
      );
    if (engineCode(error) !== 'task_not_found') throw error;
  }
}

function explain(error: unknown): unknown {
  const code = engineCode(error);
  if (code !== 'invalid_api_key' && code !== 'missing_authorization_header') return error;
  return new EngineError(
    'wrong-key',
    `MEILI_MASTER_KEY 不是主密钥：它不能管理密钥（${code}）。请填写 Meilisearch 启动时用的主密钥（master key）。`,
    { cause: error },
  );
}
