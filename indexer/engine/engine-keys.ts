import { createHmac } from 'node:crypto';
import type { KeyCreation } from 'meilisearch';
import { Meilisearch, MeilisearchApiError } from 'meilisearch';
import type { Engine } from './engine.ts';
import { masterClient } from './engine.ts';
import { EngineError } from './engine-error.ts';
import { GuardedClient } from './guarded-client.ts';

export interface EngineClients {
  /** Searches and nothing else; fails fast, for people who wait. */
  readonly search: Meilisearch;
  /** The same with more patience, for feeds, exports and what nobody waits for. */
  readonly patient: Meilisearch;
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

/**
 * Fixed ids, so that the keys are made once; the engine derives the secret from id and master key.
 * A changed set of actions needs a new id: the engine cannot change the actions of a key.
 */
const SEARCH_KEY = {
  uid: '5a1f0f5e-6d0b-4f7e-9d53-6a6b1c1f2e03',
  name: 'park-news-search server',
  description: 'Searches',
  actions: ['search'],
  indexes: ['*'],
  expiresAt: null,
} as const satisfies Readonly<Record<string, unknown>>;

const ADMIN_KEY = {
  uid: '5a1f0f5e-6d0b-4f7e-9d53-6a6b1c1f2e02',
  name: 'park-news-search indexer',
  description: 'Documents, indexes, settings and tasks',
  actions: ['search', 'documents.*', 'indexes.*', 'settings.*', 'tasks.*', 'stats.get', 'version'],
  indexes: ['*'],
  expiresAt: null,
} as const satisfies Readonly<Record<string, unknown>>;

/**
 * The engine makes an index for documents that come for one it has not, without our settings; a key that
 * may not do so turns that into a failed task. So an index that was lost is never half there.
 */
const DOCUMENTS_KEY = {
  uid: '5a1f0f5e-6d0b-4f7e-9d53-6a6b1c1f2e04',
  name: 'park-news-search documents',
  description: 'Documents and tasks',
  actions: ['documents.add', 'documents.delete', 'tasks.get'],
  indexes: ['*'],
  expiresAt: null,
} as const satisfies Readonly<Record<string, unknown>>;

/**
 * Clients with keys as narrow as their work; the keys are made in the engine when they are missing. A
 * search is given up after `searchLimit` milliseconds. For an engine at MEILI_URL without protection all
 * clients come without a key.
 * @throws EngineError `wrong-key` when the master key may not make keys, `dead-keys` when the engine has
 * ours and refuses them.
 */
export async function openEngineClients(
  engine: Engine,
  searchLimit = PATIENT_LIMIT,
): Promise<EngineClients> {
  const clients = engineClients(engine, searchLimit);
  await clients.renewKeys();
  return clients;
}

/** The same clients without asking the engine, which may be away: whether it has the keys is not known. */
export function engineClients(engine: Engine, searchLimit = PATIENT_LIMIT): EngineClients {
  const { url, masterKey } = engine;
  const master = masterClient(engine);
  const withKey = ({ uid }: KeyRecipe) => ({
    host: url,
    ...(masterKey === undefined ? {} : { apiKey: secretOf(masterKey, uid) }),
  });
  const searching = { ...withKey(SEARCH_KEY), requestInit: PLAIN_ANSWERS };
  return {
    search: new GuardedClient(searching, searchLimit),
    patient: new GuardedClient(searching, PATIENT_LIMIT),
    documents: new Meilisearch({ ...withKey(DOCUMENTS_KEY), timeout: DOCUMENTS_LIMIT }),
    admin: new Meilisearch({ ...withKey(ADMIN_KEY), timeout: ADMIN_LIMIT }),
    searchKey: masterKey === undefined ? undefined : secretOf(masterKey, SEARCH_KEY.uid),
    async renewKeys() {
      if (masterKey === undefined) return;
      for (const key of [SEARCH_KEY, DOCUMENTS_KEY, ADMIN_KEY])
        await proveKey(master, masterKey, key);
    },
  };
}

type KeyRecipe = typeof SEARCH_KEY | typeof ADMIN_KEY | typeof DOCUMENTS_KEY;

/**
 * The engine keeps what a key may do apart from the list of keys: seen when bytes of that file were
 * overwritten, it listed our keys and refused each of them.
 */
async function proveKey(master: Meilisearch, masterKey: string, recipe: KeyRecipe): Promise<void> {
  await ensureKey(master, recipe);
  const { host } = master.config;
  const apiKey = secretOf(masterKey, recipe.uid);
  const client = new Meilisearch({ host, apiKey, timeout: ADMIN_LIMIT });
  try {
    await PROOFS[recipe.uid](client);
  } catch (error) {
    if (codeOf(error) === 'invalid_api_key')
      throw new EngineError(
        'dead-keys',
        `检索引擎里有密钥“${recipe.name}”，却不认它，多半是引擎的密钥数据已损坏。请在引擎里删去这个密钥，它会自动重建。`,
        { cause: error },
      );
    if (codeOf(error) !== 'task_not_found') throw error;
  }
}

/** The least that each key must be able to do. */
const PROOFS: Readonly<Record<KeyRecipe['uid'], (client: Meilisearch) => Promise<unknown>>> = {
  [SEARCH_KEY.uid]: (client) => client.multiSearch({ queries: [] }),
  [DOCUMENTS_KEY.uid]: (client) => client.tasks.getTask(0),
  [ADMIN_KEY.uid]: (client) => client.getVersion(),
};

/** How the engine makes a key's secret (its documentation, “API key structure”: HMAC-SHA256 of the uid). */
function secretOf(masterKey: string, uid: string): string {
  return createHmac('sha256', masterKey).update(uid).digest('hex');
}

async function ensureKey(master: Meilisearch, key: KeyRecipe): Promise<void> {
  const creation: KeyCreation = { ...key, actions: [...key.actions], indexes: [...key.indexes] };
  try {
    await master.getKey(key.uid);
    return;
  } catch (error) {
    if (codeOf(error) !== 'api_key_not_found') throw explain(error);
  }
  try {
    await master.createKey(creation);
  } catch (error) {
    // Another process of ours was quicker.
    if (codeOf(error) !== 'api_key_already_exists') throw explain(error);
  }
}

function explain(error: unknown): unknown {
  const code = codeOf(error);
  if (code !== 'invalid_api_key' && code !== 'missing_authorization_header') return error;
  return new EngineError(
    'wrong-key',
    `MEILI_MASTER_KEY 不是主密钥：它不能管理密钥（${code}）。请填写 Meilisearch 启动时用的主密钥（master key）。`,
    { cause: error },
  );
}

function codeOf(error: unknown): string | undefined {
  return error instanceof MeilisearchApiError ? error.cause?.code : undefined;
}
