/**
 * Does harm to a running service while articles are added and searched, and looks whether anything that
 * was promised is lost, or anybody waits for it:
 * `npm run test:faults -- [--rounds 200] [--seed N] [--only "kill engine,flip bytes"] [--waits-only-report]`
 *
 * Each round has a seed of its own, so that it can be done again alone. DATA_DIR lies on a tmpfs of its own,
 * which is filled to the brim; where mounting is not allowed these rounds are left out. Exit status 0 only when
 * nothing is lost, no answer was wrong, and nobody waited longer than print-waits.ts allows
 * (`--waits-only-report` forgives that, for machines that have other things to do).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { seededRandom } from '../bench/jumbled-pages.ts';
import { findLongWaits, printWaits } from '../waits/print-waits.ts';
import type { WaitReport } from '../waits/wait-messages.ts';
import { startWaitMonitor } from '../waits/wait-monitor.ts';
import { openArena } from './arena.ts';
import type { Fault } from './fault.ts';
import { FAULTS } from './faults.ts';
import { checkPromises } from './final-check.ts';
import type { Ledger } from './ledger.ts';
import { openLedger } from './ledger.ts';
import { inventNews } from './news.ts';
import { takeNews } from './take-news.ts';
import { ask, searchAllTheTime } from './searching.ts';

const RECOVERY_LIMIT_MS = 120_000;
/** Within it falls most of what an indexer does. */
const FAULT_WITHIN_MS = 6_000;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
    'waits-only-report': { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed);
const ledger = openLedger();
const arena = await openArena();
const news = inventNews(seededRandom(seed));
const kinds = chosenKinds();
const done = new Map<string, number>(kinds.map(({ name }) => [name, 0]));
say(`种子 ${seed}，${rounds} 轮：${kinds.map(({ name }) => name).join('、')}`);

const over = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void arena.close().finally(() => process.exit(1)));
// An article that can be opened from the first round on.
const first = takeNews(arena, ledger, news);
await first.settle();
await recovered('start');
const monitor = startWaitMonitor(arena.address(), {
  search: '/api/search?q=%E7%A8%80%E5%9C%9F',
  article: `/articles/${first.articles[0]!.id}`,
});
const searching = searchAllTheTime(arena.address, ledger, seededRandom(seed), over.signal);
let waits: WaitReport;
try {
  for (let round = 0; round < rounds; round += 1) await doRound(round);
  over.abort();
  await searching;
  waits = await monitor.end();
  await checkPromises(arena.address(), ledger);
} finally {
  over.abort();
  if (ledger.losses.length > 0) say(arena.serverOutput().slice(-5_000));
  await arena.close();
}
const tooLong = report(ledger, waits);
process.exit(ledger.losses.length + tooLong === 0 ? 0 : 1);

async function doRound(round: number): Promise<void> {
  const fault = kinds[round % kinds.length]!;
  const own = seed + round;
  const random = seededRandom(own);
  const again = `npm run test:faults -- --rounds 1 --only "${fault.name}" --seed ${own}`;
  const lose = (loss: string) =>
    ledger.losses.push(`“${fault.name}”：${loss.slice(0, 800)}（重做：${again}）`);
  const started = performance.now();
  monitor.attack(fault.name, fault.measured);
  const taken = [takeNews(arena, ledger, news)];
  const startIndexer = () => {
    const more = takeNews(arena, ledger, news);
    taken.push(more);
    return more.indexer;
  };
  const wait = FAULT_WITHIN_MS * random();
  if (fault.isAtOnce !== true) await sleep(wait);
  const { indexer } = taken[0]!;
  await fault.run({ arena, ledger, random, indexer, startIndexer, lose });
  arena.setProxy({ type: 'pass' });
  await revive(lose);
  for (const { settle } of taken) await settle();
  await recovered(fault.name);
  monitor.calm();
  done.set(fault.name, done.get(fault.name)! + 1);
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  say(
    `${round + 1}/${rounds} ${fault.name}：${seconds} 秒，应答 ${ledger.searches.answered}，已收 ${ledger.acknowledged.length}，失 ${ledger.losses.length}`,
  );
}

/** Starts the service again when it is down, and notes when nobody had meant it to be. */
async function revive(lose: (loss: string) => void): Promise<void> {
  if (arena.isServerDown()) monitor.attack('重新启动', 'none');
  const said = await arena.ensureServer();
  if (said !== null) lose(`服务自己退出了：${said}`);
}

async function recovered(kind: string): Promise<void> {
  let deadline = Date.now() + RECOVERY_LIMIT_MS;
  while ((await ask(arena.address(), 'q=', ledger)) === null) {
    if (Date.now() > deadline) {
      ledger.losses.push(`“${kind}”之后 ${RECOVERY_LIMIT_MS / 1_000} 秒没有恢复`);
      // So that the next round finds a service.
      await arena.killServer();
      deadline = Infinity;
    }
    await arena.ensureServer();
    await sleep(200);
  }
}

function chosenKinds(): Fault[] {
  const only = values.only?.split(',');
  const wanted = FAULTS.filter(({ name }) => only === undefined || only.includes(name));
  if (arena.hasOwnDisk) return wanted;
  say('不能挂载 tmpfs，不做写满磁盘的轮次');
  return wanted.filter(({ needsOwnDisk }) => needsOwnDisk !== true);
}

/** Returns how many kinds of harm made others wait too long. */
function report(
  { acknowledged, offered, saved, searches, losses }: Ledger,
  measured: WaitReport,
): number {
  for (const [kind, count] of done) say(`  ${kind}：${count} 轮`);
  say(
    `文章：送 ${offered.size}，确认 ${acknowledged.length}；保存的检索 ${saved.length}；检索应答 ${searches.answered}，503 或不通 ${searches.refused}`,
  );
  for (const line of printWaits(measured)) say(line);
  const tooLong = findLongWaits(measured);
  for (const line of tooLong) say(`  久：${line}`);
  for (const loss of losses.slice(0, 50)) say(`  失：${loss}`);
  say(`失 ${losses.length}，久 ${tooLong.length}`);
  return values['waits-only-report'] ? 0 : tooLong.length;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
