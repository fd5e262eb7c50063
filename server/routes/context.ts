import type { Logger } from 'pino';
import type { Gazetteer } from '../../config/gazetteer.ts';
import type { Analyzer } from '../../indexer/analyzer/analyzer.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { QuotaClient } from '../http/access/credentials.ts';
import type { Assets } from '../assets/assets.ts';
import type { Localise } from '../languages/localise.ts';
import type { SendPage } from '../pages/send-page.ts';
import type { PinyinTable } from '../rewrites/pinyin-table.ts';
import type { SearchEngine } from '../search/engine-search.ts';
import type { QueryReader } from '../search/understanding.ts';
import type { ServiceState } from '../telemetry/service-state.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Response } from 'express';
import { writeStore } from '../../indexer/store/write-store.ts';
import { clientSignal } from '../http/client-signal.ts';

/** Everything a request may need; made once at start-up, passed in, never looked up. */
export interface ServerContext {
  readonly store: Store;
  /** With the search key only: no request path sees a stronger one. */
  readonly client: SearchEngine;
  /** The same with more patience, where nobody looks at a page: feeds, exports, webhooks. */
  readonly patient: SearchEngine;
  /** Told of every error of a request, so that a lost or damaged index is mended. */
  readonly noteError: (error: unknown) => void;
  readonly analyzer: Analyzer;
  readonly gazetteer: Gazetteer;
  /** Whether a token's term says nothing about what is looked for. */
  readonly isStopWord: (term: string) => boolean;
  readonly queries: QueryReader;
  /** The parks' names as they are spelled; the same that `queries` has. */
  readonly pinyin: PinyinTable;
  readonly assets: Assets;
  readonly sendPage: SendPage;
  /** For what the interface says outside of pages. */
  readonly localise: Localise;
  readonly log: Logger;
  /** What is going on behind the pages. */
  readonly state: Readonly<ServiceState>;
  readonly metrics: Metrics;
  /** Searches that take longer are logged with their query; see `SLOW_QUERY_MS`. */
  readonly slowQueryMs: number;
  /** Articles whose text one search may look into; see `PHRASE_TEXTS`. */
  readonly phraseTexts: number;
  /** `PUBLIC_URL`, without a trailing slash; undefined: links are built from the request. */
  readonly publicUrl: string | undefined;
  /** Requests a minute of one client, 0 for no limit; see `RATE_LIMIT`. */
  readonly rateLimit: number;
  /** How many proxies of ours stand before the service; see `TRUST_PROXY`. */
  readonly trustProxy: number;
  /** `READ_TOKEN`; undefined: whoever reaches the service may read. */
  readonly readToken: string | undefined;
  /** `ADMIN_TOKEN`; undefined: the admin page is for this machine only. */
  readonly adminToken: string | undefined;
  readonly quotaClient: QuotaClient;
  /** Whether webhooks may call this machine and its network; see `WEBHOOK_PRIVATE`. */
  readonly allowPrivateWebhooks: boolean;
  /** `YYYY-MM-DD` in China, where 今天 and 去年 are meant. */
  readonly today: () => string;
}

const chinaDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** The day in China at this moment, `YYYY-MM-DD`. */
export function todayInChina(): string {
  return chinaDay.format(new Date());
}

/** Somebody looks at a page meanwhile. */
const WITHIN_MS = 10_000;

/** Writes for a request as {@link writeStore} does, for as long as a person would wait. */
export function createRequestWriter(store: Store) {
  return function write<T>(change: () => T, response: Response): Promise<T> {
    return writeStore(store, change, { within: WITHIN_MS, signal: clientSignal(response) });
  };
}
