import { join } from 'node:path';
import { openEngine } from '../../../indexer/engine/engine.ts';
import { trackProcesses } from '../../service-process.ts';
import { residentMb } from '../ingest/process-watch.ts';
import type { Load, LoadRequest, Requests } from './load.ts';
import { load, median } from './load.ts';
import type { MixedQuery } from './query-mix.ts';
import { QUERY_MIX } from './query-mix.ts';
import { quietLog } from './stock-engine.ts';

/** Where the systems to be compared have their data; those without a place are left out. */
export interface Places {
  readonly ours: string;
  readonly stock?: string;
  readonly fts?: string;
  /** The articles themselves: MiniSearch keeps its index in memory. */
  readonly mini?: string;
}

export interface SearchFigures {
  readonly system: string;
  readonly clients: number;
  readonly load: Load;
}

/** Milliseconds, medians over the mix, of each stage that `Server-Timing` tells. */
type Stages = Readonly<Record<string, number>>;

export interface SearchResult {
  readonly figures: readonly SearchFigures[];
  readonly stages: Stages;
  readonly serverMb: number;
}

/** Questions that differ in nothing but a first day before all articles, lest a cache knows them. */
const FIRST_DAY = Date.UTC(1000, 0, 1);
const DAY = 86_400_000;

/** Asks every system the same questions over HTTP, one system after the other, with more and more clients. */
export async function measureSearch(
  places: Places,
  clients: readonly number[],
  seconds: number,
): Promise<SearchResult> {
  const figures: SearchFigures[] = [];
  const measure = async (system: string, url: string, requests: Requests) => {
    await load(url, requests, 1, Math.min(2, seconds));
    for (const count of clients)
      figures.push({ system, clients: count, load: await load(url, requests, count, seconds) });
  };
  const processes = trackProcesses();
  try {
    if (places.stock !== undefined) {
      const engine = await openEngine({
        dataDir: places.stock,
        log: quietLog,
        meiliBin: process.env['MEILI_BIN'],
      });
      await measure('bare engine, stock', engine.url, stockRequests(engine.masterKey));
      await engine.stop();
    }
    for (const [system, kind] of [
      ['SQLite FTS5', 'fts'],
      ['MiniSearch', 'mini'],
    ] as const) {
      const place = places[kind];
      if (place === undefined) continue;
      const { child, output } = processes.run(
        join(import.meta.dirname, 'rival-server.ts'),
        [kind, place],
        {},
      );
      await measure(
        system,
        await firstLine(output),
        QUERY_MIX.map(({ q }) => ({ path: `/?q=${encodeURIComponent(q)}` })),
      );
      child.kill('SIGTERM');
    }
    const service = await processes.startService({
      DATA_DIR: places.ours,
      LOG_LEVEL: 'error',
      RATE_LIMIT: '0',
    });
    const known = QUERY_MIX.map((query) => ({ path: ourPath('/api/search', query) }));
    await measure('ours, JSON', service.address, known);
    await measure(
      'ours, page',
      service.address,
      QUERY_MIX.map((query) => ({ path: ourPath('/search', query) })),
    );
    const nextNew = createNewQuestions();
    for (const [kind, path] of [
      ['JSON', '/api/search'],
      ['page', '/search'],
    ] as const)
      await measure(`ours, ${kind}, never asked before`, service.address, () => ({
        path: nextNew(path),
      }));
    const stages = await medianStages(service.address, nextNew);
    return { figures, stages, serverMb: residentMb(service.child.pid!) };
  } finally {
    await processes.end();
  }
}

function stockRequests(key: string | undefined): LoadRequest[] {
  return QUERY_MIX.map(({ q }) => ({
    path: '/indexes/raw/search',
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ q }),
  }));
}

function ourPath(path: string, { q, further = {} }: MixedQuery, from?: string): string {
  const parameters = new URLSearchParams({
    q,
    ...further,
    ...(from === undefined ? {} : { from }),
  });
  return `${path}?${parameters.toString()}`;
}

/** The mix over and over, each time from another day on. */
export function createNewQuestions(): (path: string) => string {
  let asked = 0;
  return (path) => {
    const query = QUERY_MIX[asked % QUERY_MIX.length]!;
    const day = new Date(FIRST_DAY + Math.floor(asked / QUERY_MIX.length) * DAY);
    asked += 1;
    return ourPath(path, query, day.toISOString().slice(0, 10));
  };
}

async function medianStages(address: string, nextNew: (path: string) => string): Promise<Stages> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round < 10 * QUERY_MIX.length; round += 1) {
    const response = await fetch(`${address}${nextNew('/search')}`);
    await response.text();
    const timing = response.headers.get('server-timing') ?? '';
    for (const [, stage = '', time] of timing.matchAll(/([\w-]+);dur=([\d.]+)/g))
      (times[stage] ??= []).push(Number(time));
  }
  return Object.fromEntries(Object.entries(times).map(([stage, all]) => [stage, median(all)]));
}

async function firstLine(output: () => string): Promise<string> {
  while (!output().includes('\n')) await new Promise((done) => setTimeout(done, 50));
  return output().trim();
}
