import { createServer } from 'node:http';
import { cpus, totalmem } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { parseEnvironment } from '../../config/environment.ts';
import { masterClient, openEngine } from '../../indexer/engine/engine.ts';
import { waitForTask } from '../../indexer/engine/wait-for-task.ts';
import { allArticles } from '../../indexer/store/articles.ts';
import { openStore } from '../../indexer/store/database.ts';
import { startService } from '../../server/start-service.ts';

/**
 * `npm run bench`: the sample corpus through the whole service, beside the bare engine with the same
 * texts and its default settings. Prints medians and ratios of one run.
 */
const QUERIES = [
  '贵阳高新区',
  '跨境电商',
  '一窗通办 营商环境',
  '生物医药 实验平台 共享',
  '2022年 绿色低碳',
  '中欧班列',
  '人才公寓',
  '集成电路 企业 研发 投入 增长',
];
const ROUNDS = 40;

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const print = (line: string) => void process.stdout.write(`${line}\n`);

async function timeAll(ask: (query: string) => Promise<unknown>): Promise<number[]> {
  for (const query of QUERIES) await ask(query);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    for (const query of QUERIES) {
      const started = performance.now();
      await ask(query);
      times.push(performance.now() - started);
    }
  return times;
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'park-news-bench-'));
  const environment = parseEnvironment({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' });
  const log = pino({ level: 'error' }, pino.destination(2));
  const started = performance.now();
  const service = await startService(environment, log, createServer);
  const ready = performance.now() - started;
  try {
    const engine = await openEngine({ ...environment, log });
    const client = masterClient(engine);
    const store = openStore(dataDir);
    const articles = [...allArticles(store)];
    const rawStarted = performance.now();
    const raw = client.index('bench-raw');
    await waitForTask(
      client,
      await raw.addDocuments(
        articles.map(({ doc, title, text, date }) => ({ doc, title, text, date })),
        { primaryKey: 'doc' },
      ),
    );
    const rawPush = performance.now() - rawStarted;
    const bare = await timeAll((q) => raw.search(q, { limit: 10 }));
    const api = await timeAll(async (q) =>
      (await fetch(`${service.address}/api/search?q=${encodeURIComponent(q)}`)).json(),
    );
    const page = await timeAll(async (q) =>
      (await fetch(`${service.address}/search?q=${encodeURIComponent(q)}`)).text(),
    );
    store.close();
    await engine.stop();
    print(
      `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${articles.length} articles`,
    );
    print(`start to ready, sample corpus taken in     ${ready.toFixed(0)} ms`);
    print(`the same texts pushed raw into the engine   ${rawPush.toFixed(0)} ms`);
    print(`bare engine, its default search, median     ${median(bare).toFixed(2)} ms`);
    for (const [name, times] of [
      ['JSON over HTTP', api],
      ['results page over HTTP', page],
    ] as const)
      print(
        `${name}, median ${median(times).toFixed(2)} ms, ${(median(times) / median(bare)).toFixed(2)} × the bare engine`,
      );
  } finally {
    await service.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

await main();
