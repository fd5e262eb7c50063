import type { KeyCreation } from 'meilisearch';
import { Meilisearch, MeilisearchApiError } from 'meilisearch';
import type { Engine } from './engine.ts';
import { masterClient } from './engine.ts';
import { EngineError } from './engine-error.ts';

export interface EngineClients {
  /** Searches and nothing else; the only one that may answer requests. */
  readonly search: Meilisearch;
  /** Everything the indexer does, but no keys. */
  readonly admin: Meilisearch;
}

/**
 * Compressed answers leave the engine in two packets, of which the second waits 40 ms for the first to be
 * acknowledged; `fetch` asks for compression unless told otherwise.
 */
const PLAIN_ANSWERS = { headers: { 'accept-encoding': 'identity' } };

/** Milliseconds after which a request is given up. */
const SEARCH_LIMIT = 10_000;
const ADMIN_LIMIT = 300_000;

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
 * Two clients with keys as narrow as their work; the keys are made in the engine when they are missing.
 * For an engine at MEILI_URL without protection both clients come without a key.
 * @throws EngineError `wrong-key` when the master key may not make keys.
 */
export async function openEngineClients(engine: Engine): Promise<EngineClients> {
  const { url, masterKey } = engine;
  if (masterKey === undefined)
    return {
      search: new Meilisearch({ host: url, timeout: SEARCH_LIMIT, requestInit: PLAIN_ANSWERS }),
      admin: new Meilisearch({ host: url, timeout: ADMIN_LIMIT }),
    };
  const master = masterClient(engine);
  return {
    search: new Meilisearch({
      host: url,
      apiKey: await ensureKey(master, SEARCH_KEY),
      timeout: SEARCH_LIMIT,
      requestInit: PLAIN_ANSWERS,
    }),
    admin: new Meilisearch({
      host: url,
      apiKey: await ensureKey(master, ADMIN_KEY),
      timeout: ADMIN_LIMIT,
    }),
  };
}

/** The secret of the key with this id, made first when there is none. */
async function ensureKey(
  master: Meilisearch,
  key: typeof SEARCH_KEY | typeof ADMIN_KEY,
): Promise<string> {
  const creation: KeyCreation = { ...key, actions: [...key.actions], indexes: [...key.indexes] };
  try {
    return (await master.getKey(key.uid)).key;
  } catch (error) {
    if (codeOf(error) !== 'api_key_not_found') throw explain(error);
  }
  try {
    return (await master.createKey(creation)).key;
  } catch (error) {
    // Another process of ours was quicker.
    if (codeOf(error) === 'api_key_already_exists') return (await master.getKey(key.uid)).key;
    throw explain(error);
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
