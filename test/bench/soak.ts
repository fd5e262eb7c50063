/**
 * Measures how many searches a second the service answers, then asks at 80 % of that for a while:
 * `npm run bench:soak -- [--minutes 10] [--connections 8] [--data DATA_DIR]`
 * or has crowds of clients ask only what was never asked, one crowd after the other:
 * `npm run bench:soak -- --clients 64,256 [--seconds 60] [--data DATA_DIR]`
 *
 * Prints errors, p50 and p99 and the memory of server and engine minute by minute; of a crowd also how even
 * its answers were spread, and how long the next search took. Without `--data` it runs over the sample
 * corpus. Exit status 0 only without an error; to be told when to come back (503, 429) is none.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { THEMES } from '../faults/news.ts';
import { residentMb } from './ingest/process-watch.ts';
import { measureCrowd } from './search/crowd.ts';
import type { LoadRequest } from './search/load.ts';
import { toAutocannon } from './search/load.ts';
import { temporaryFolder } from '../service-for-tests.ts';
import { enginesOf, trackProcesses } from '../service-process.ts';

const CAPACITY_SECONDS = 20;
const SHARE = 0.8;
const WORDS = ['高新区', '营商环境', '自贸试验区 改革', '"人工智能"', '人才 -公寓', ...THEMES];

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    connections: { type: 'string', default: '8' },
    clients: { type: 'string' },
    seconds: { type: 'string', default: '60' },
    data: { type: 'string' },
  },
});
const connections = Number(values.connections);
const dataDir = values.data ?? temporaryFolder();
const processes = trackProcesses();
let errors = 0;
let asked = 0;
try {
  const service = await processes.startService({
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    ENGINE_LIMIT_MS: '20000',
  });
  const load = (duration: number, overallRate?: number) =>
    autocannon({
      url: service.address,
      connections,
      duration,
      ...(overallRate === undefined ? {} : { overallRate }),
      requests: toAutocannon(nextQuestion),
    });
  const pids = () => [service.child.pid!, ...enginesOf(dataDir)];
  if (values.clients === undefined) await soak(load, () => pids().map(residentMb));
  else
    for (const clients of values.clients.split(',').map(Number))
      await crowd(service.address, clients, () => residentMb(service.child.pid!));
} finally {
  await processes.end();
  if (values.data === undefined) rmSync(dataDir, { recursive: true, force: true });
}
say(`${errors} errors`);
process.exit(errors === 0 ? 0 : 1);

async function soak(
  load: (duration: number, overallRate?: number) => PromiseLike<autocannon.Result>,
  memory: () => number[],
): Promise<void> {
  const memoryText = () =>
    memory()
      .map((mb) => `${mb} MB`)
      .join(' + ');
  await load(5);
  const full = await load(CAPACITY_SECONDS);
  const rate = Math.max(connections, Math.floor(full.requests.average * SHARE));
  say(
    `capacity ${full.requests.average.toFixed(0)}/s with ${connections} connections, p99 ${full.latency.p99} ms; asking ${rate}/s`,
  );
  say(`start: memory ${memoryText()}`);
  for (let minute = 1; minute <= Number(values.minutes); minute += 1) {
    const result = await load(60, rate);
    const failed = result.errors + result.timeouts + result.non2xx;
    errors += failed;
    const { p50, p99, max } = result.latency;
    say(
      `minute ${minute}: ${result.requests.total} answers, ${failed} errors, p50 ${p50} ms, p99 ${p99} ms, longest ${max} ms, memory ${memoryText()}`,
    );
  }
}

async function crowd(address: string, clients: number, memoryMb: () => number): Promise<void> {
  const seconds = Number(values.seconds);
  const nextPath = () => newQuestion(1).path;
  const result = await measureCrowd(address, clients, seconds, nextPath, memoryMb);
  errors += result.errors;
  const [p50, p99, longest, next] = [
    ...[result.p50, result.p99, result.longest, result.nextSearch],
  ].map((ms) => ms.toFixed(0));
  say(
    `${clients} clients, ${seconds} s: ${result.answers} answers (a client ${result.fewest} to ${result.most}), ${result.away} told to come back, ${result.errors} errors ${result.error}; p50 ${p50} ms, p99 ${p99} ms, longest ${longest} ms; memory up to ${result.memoryMb} MB; next search ${next} ms`,
  );
}

/** Pages and JSON by turns; every second question was never asked before. */
function nextQuestion(): LoadRequest {
  return newQuestion(2);
}

/** Of so many questions one was never asked before: it has a first day of its own. */
function newQuestion(oneOf: number): LoadRequest {
  asked += 1;
  const q = encodeURIComponent(WORDS[asked % WORDS.length]!);
  const page = asked % 3 === 0 ? '/search' : '/api/search';
  const day = new Date(Date.UTC(1000, 0, 1 + asked)).toISOString().slice(0, 10);
  return { path: `${page}?q=${q}${asked % oneOf === oneOf - 1 ? `&from=${day}` : ''}` };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
