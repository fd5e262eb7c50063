/**
 * What answers would take over many engines, reckoned from the times of one:
 * `npm run bench:scale -- --data DATA_DIR [--engines 1,5,50,500] [--seconds 60] [--merging 1] [--seed 1]`
 *
 * The service on DATA_DIR is asked by one client what was never asked before, and tells how long its engine
 * and the rest took. With n engines of as many articles each, an answer waits for the slowest of n times
 * drawn from those that the same question took; each engine more costs `--merging` milliseconds to take in
 * what it proposes; the rest is as it is. So engines are taken to be alike and busy with nothing else.
 */
import { parseArgs } from 'node:util';
import { trackProcesses } from '../service-process.ts';
import { table } from './bench-tables.ts';
import { seededRandom } from './jumbled-pages.ts';
import { createNewQuestions } from './search/measure-search.ts';
import { QUERY_MIX } from './search/query-mix.ts';

const DRAWS = 20_000;

/** Milliseconds of one answer. */
interface Times {
  readonly engine: number;
  readonly rest: number;
}

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    engines: { type: 'string', default: '1,5,50,500' },
    seconds: { type: 'string', default: '60' },
    merging: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
});
if (values.data === undefined)
  throw new Error('--data DATA_DIR: whose times are to be reckoned with');
const byQuestion = await askFor(Number(values.seconds), values.data);
const random = seededRandom(Number(values.seed));
const rows = values.engines.split(',').map((engines) => {
  const answers = Array.from({ length: DRAWS }, () => draw(Number(engines)));
  answers.sort((a, b) => a - b);
  const at = (share: number) => answers[Math.floor(DRAWS * share)]!.toFixed(0);
  return [engines, at(0.5), at(0.95), at(0.99)];
});
process.stdout.write(
  `${byQuestion.flat().length} answers of one engine\n${table(['engines', 'p50 ms', 'p95', 'p99'], rows)}\n`,
);

/** Times of each question of the mix. */
async function askFor(seconds: number, dataDir: string): Promise<Times[][]> {
  const processes = trackProcesses();
  try {
    const { address } = await processes.startService({
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      RATE_LIMIT: '0',
    });
    const nextNew = createNewQuestions();
    const times: Times[][] = QUERY_MIX.map(() => []);
    const until = performance.now() + seconds * 1000;
    // The first round warms up.
    for (let asked = 0; performance.now() < until; asked += 1) {
      const sent = performance.now();
      const response = await fetch(`${address}${nextNew('/search')}`);
      await response.text();
      const all = performance.now() - sent;
      const timing = response.headers.get('server-timing') ?? '';
      const engine = Number(/engine;dur=([\d.]+)/.exec(timing)?.[1] ?? 0);
      if (asked >= QUERY_MIX.length)
        times[asked % QUERY_MIX.length]!.push({ engine, rest: all - engine });
    }
    return times.filter(({ length }) => length > 0);
  } finally {
    await processes.end();
  }
}

function draw(engines: number): number {
  const times = pick(byQuestion);
  let slowest = 0;
  for (let engine = 0; engine < engines; engine += 1)
    slowest = Math.max(slowest, pick(times).engine);
  return slowest + pick(times).rest + (engines - 1) * Number(values.merging);
}

function pick<Item>(items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)]!;
}
