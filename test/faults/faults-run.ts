/**
 * Does harm to a running service while articles are added and searched, and looks whether anything that
 * was promised is lost: `npm run test:faults -- [--rounds 200] [--seed N] [--only "kill engine,flip bytes"]`
 *
 * DATA_DIR lies on a tmpfs of its own, which is filled to the brim; where mounting is not allowed these
 * rounds are left out. Exit status 0 only when nothing is lost and no answer was wrong.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { seededRandom } from '../bench/jumbled-pages.ts';
import { exited } from '../service-process.ts';
import type { Arena } from './arena.ts';
import { openArena } from './arena.ts';
import { FAULTS } from './faults.ts';
import { checkPromises } from './final-check.ts';
import type { Ledger } from './ledger.ts';
import { openLedger } from './ledger.ts';
import { inventNews } from './news.ts';
import { ask, searchAllTheTime } from './searching.ts';

const ARTICLES_A_BATCH = 3;
const RECOVERY_LIMIT_MS = 120_000;
/** Within it falls most of what an indexer does. */
const FAULT_WITHIN_MS = 6_000;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const random = seededRandom(Number(values.seed));
const news = inventNews(random);
const ledger = openLedger();
const arena = await openArena();
const kinds = kindsOf(arena);
const done = new Map<string, number>(kinds.map((kind) => [kind, 0]));
process.stdout.write(`种子 ${values.seed}，${rounds} 轮：${kinds.join('、')}\n`);

const over = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void arena.close().finally(() => process.exit(1)));
const searching = searchAllTheTime(arena.address, ledger, random, over.signal);
try {
  for (let round = 1; round <= rounds; round += 1) {
    const kind = kinds[Math.floor(random() * kinds.length)]!;
    const started = performance.now();
    await doRound(kind);
    done.set(kind, done.get(kind)! + 1);
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    process.stdout.write(
      `${round}/${rounds} ${kind}：${seconds} 秒，应答 ${ledger.searches.answered}，已收 ${ledger.acknowledged.length}，失 ${ledger.losses.length}\n`,
    );
  }
  over.abort();
  await searching;
  await checkPromises(arena.address(), ledger);
} finally {
  over.abort();
  if (ledger.losses.length > 0) process.stdout.write(`${arena.serverOutput().slice(-5_000)}\n`);
  await arena.close();
}
report(ledger);
process.exit(ledger.losses.length === 0 ? 0 : 1);

async function doRound(kind: string): Promise<void> {
  const indexers = Array.from({ length: kind === 'two indexers' ? 2 : 1 }, () => {
    const articles = Array.from({ length: ARTICLES_A_BATCH }, () => news.next().value);
    for (const article of articles) ledger.offered.set(article.id, article);
    return { articles, started: arena.startIndexer(articles) };
  });
  await sleep(FAULT_WITHIN_MS * random());
  await FAULTS[kind]!(arena, indexers[0]!.started, random);
  arena.setProxy({ type: 'pass' });
  await arena.ensureServer();
  for (const { articles, started } of indexers)
    if ((await exited(started.child)) === 0) ledger.acknowledged.push(...articles);
  await recovered(kind);
}

async function recovered(kind: string): Promise<void> {
  const deadline = Date.now() + RECOVERY_LIMIT_MS;
  while ((await ask(arena.address(), 'q=', ledger)) === null) {
    if (Date.now() > deadline) {
      ledger.losses.push(`“${kind}”之后 ${RECOVERY_LIMIT_MS / 1_000} 秒没有恢复`);
      return;
    }
    await arena.ensureServer();
    await sleep(200);
  }
}

function kindsOf({ hasOwnDisk }: Arena): string[] {
  const wanted = values.only?.split(',') ?? Object.keys(FAULTS);
  if (hasOwnDisk) return wanted;
  process.stdout.write('不能挂载 tmpfs，不做写满磁盘的轮次\n');
  return wanted.filter((kind) => kind !== 'fill disk');
}

function report({ acknowledged, offered, saved, searches, losses }: Ledger): void {
  for (const [kind, count] of done) process.stdout.write(`  ${kind}：${count} 轮\n`);
  process.stdout.write(
    `文章：送 ${offered.size}，确认 ${acknowledged.length}；保存的检索 ${saved.length}；检索应答 ${searches.answered}，503 或不通 ${searches.refused}\n`,
  );
  for (const loss of losses.slice(0, 50)) process.stdout.write(`  失：${loss}\n`);
  process.stdout.write(`失 ${losses.length}\n`);
}
