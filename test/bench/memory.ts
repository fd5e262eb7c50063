/**
 * What little memory costs: `npm run bench:memory -- [--articles 20000 | --data DATA_DIR]
 * [--limits 512,1024,2048,4096] [--seconds 20] [--seed 1]`, as root on Linux.
 *
 * Each limit, MB, is one of all processes together, with the cache of the files they read. Under it, with
 * LOW_MEMORY=on, a grown corpus is taken in (unless `--data` names one that has been), and then the service
 * is asked by one client what was never asked before: first with nothing in memory yet, each question of the
 * mix once, then for some seconds.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryFolder } from '../service-for-tests.ts';
import { trackProcesses } from '../service-process.ts';
import { table } from './bench-tables.ts';
import { readModels, writeGrownFiles } from './grown-files.ts';
import { takeIn } from './ingest/measure-ingest.ts';
import type { MemoryGroup } from './memory/memory-group.ts';
import { createMemoryGroup } from './memory/memory-group.ts';
import { load, median } from './search/load.ts';
import { createNewQuestions } from './search/measure-search.ts';
import { QUERY_MIX } from './search/query-mix.ts';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '20000' },
    data: { type: 'string' },
    limits: { type: 'string', default: '512,1024,2048,4096' },
    seconds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    shared: { type: 'string', default: '../shared' },
  },
});
const HEAD = [
  'limit MB',
  'taken in, s',
  'peak MB',
  'killed',
  'ready, s',
  'first p50 ms',
  'max',
  'then p50',
  'p95',
  'p99',
  'peak MB',
  'own MB',
  'killed',
];
const folder = temporaryFolder();
const rows: string[][] = [];
try {
  const corpus =
    values.data === undefined
      ? writeGrownFiles(
          join(folder, 'in'),
          await readModels(values.shared),
          Number(values.articles),
          Number(values.seed),
        )
      : null;
  for (const limit of values.limits.split(',').map(Number)) {
    const dataDir = values.data ?? join(folder, `data-${limit}`);
    const taken =
      corpus === null
        ? ['', '', '']
        : await within(limit, (group) => measureIntake(group, corpus.folder, dataDir));
    const searched = await within(limit, (group) => measureAnswers(group, dataDir));
    rows.push([String(limit), ...taken, ...searched]);
    process.stdout.write(`${table(HEAD, rows)}\n\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function within(
  limit: number,
  measure: (group: MemoryGroup) => Promise<string[]>,
): Promise<string[]> {
  const group = createMemoryGroup(limit);
  try {
    return await measure(group);
  } finally {
    await group.remove();
  }
}

async function measureIntake(
  { launcher, usage, kills }: MemoryGroup,
  articles: string,
  dataDir: string,
): Promise<string[]> {
  let seconds = NaN;
  try {
    ({ seconds } = await takeIn(articles, dataDir, { launcher, variables: { LOW_MEMORY: 'on' } }));
  } catch (error) {
    // The kernel ended it: that is what is to be found out.
    if (kills() === 0) throw error;
  }
  return [seconds.toFixed(0), usage().peakMb.toFixed(0), String(kills())];
}

async function measureAnswers(
  { launcher, usage, kills }: MemoryGroup,
  dataDir: string,
): Promise<string[]> {
  const processes = trackProcesses(launcher);
  try {
    const started = performance.now();
    const { address } = await processes.startService({
      DATA_DIR: dataDir,
      LOW_MEMORY: 'on',
      LOG_LEVEL: 'error',
      RATE_LIMIT: '0',
      ENGINE_LIMIT_MS: '60000',
    });
    const ready = (performance.now() - started) / 1000;
    const nextNew = createNewQuestions();
    const first: number[] = [];
    for (let asked = 0; asked < QUERY_MIX.length; asked += 1) {
      const sent = performance.now();
      await (await fetch(`${address}${nextNew('/search')}`)).text();
      first.push(performance.now() - sent);
    }
    const then = await load(
      address,
      () => ({ path: nextNew('/search') }),
      1,
      Number(values.seconds),
    );
    const { peakMb, ownMb } = usage();
    return [
      ...[ready.toFixed(1), median(first).toFixed(0), Math.max(...first).toFixed(0)],
      ...[then.p50, then.p95, then.p99, peakMb, ownMb].map((figure) => figure.toFixed(0)),
      String(kills()),
    ];
  } finally {
    await processes.end();
  }
}
