/**
 * Sends requests of all kinds to a running service and looks at every answer:
 * `npm run test:fuzz -- [--requests 100000] [--attacks 57] [--contract 5000] [--seed N] [--only "raw bytes,resets"]
 * [--waits-only-report]`
 *
 * `--requests` random and grammar-made ones: no status above 499, no markup out of input, memory flat. Among
 * them `--attacks` of attacks/, on sockets: every answer whole and in order, the process alive, memory bounded.
 * Then `--contract` made from /api/openapi.json, whose answers must be as it says. All the while wait-monitor.ts
 * measures how long others wait. The service runs over the sample corpus and some vast articles. Exit status 0
 * only without a finding; `--waits-only-report` forgives long waits, for machines that have other things to do.
 */
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { findLongWaits, printWaits } from '../waits/print-waits.ts';
import { startWaitMonitor } from '../waits/wait-monitor.ts';
import { attackRounds } from './attack-rounds.ts';
import type { FuzzRequest } from './fuzz-request.ts';
import { CANARY, fuzzRequests } from './fuzz-request.ts';
import { startFuzzService } from './fuzz-service.ts';
import { readContract } from './openapi-contract.ts';
import { vastArticles } from './vast-articles.ts';

const AT_ONCE = 4;
const CHUNK = 400;
/** Memory is compared with that after this share of the requests: caches and compiled code are then there. */
const WARM_SHARE = 0.3;
const MOST_GROWTH = 1.4;
const MOST_FINDINGS = 40;
const HOLD_MS = 4_000;
const ANSWERED_WITHIN_MS = 60_000;

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    attacks: { type: 'string', default: '57' },
    contract: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
    'waits-only-report': { type: 'boolean', default: false },
  },
});
interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const seed = Number(values.seed);
const statuses = new Map<number, number>();
const findings: string[] = [];
say(`种子 ${seed}`);
const service = await startFuzzService();
const { address, adminToken, port, ids, index, memoryMb: memory } = service;
try {
  const vast = vastArticles('vast', 1);
  const taken = await index(vast);
  if (!taken.startsWith('0 ')) note(`超长文章没有收录：${taken.slice(-500)}`);
  const said = await service.revive();
  if (said !== null) note(`收录超长文章时服务退出了：${said}`);
  say(`开始：内存 ${memory()} MB`);
  const monitor = startWaitMonitor(address, {
    search: '/api/search?q=%E9%AB%98%E6%96%B0%E5%8C%BA',
    article: `/articles/${ids[0]!}`,
  });
  const attacks = attackRounds(service, monitor, {
    seed,
    only: values.only?.split(','),
    target: {
      address,
      port,
      adminToken,
      ids,
      index,
      vastIds: vast.map(({ id }) => id),
      holdMs: HOLD_MS,
    },
    note,
    say,
  });

  const total = Number(values.requests);
  const rounds = Number(values.attacks);
  let round = 0;
  let warm = 0;
  for (let sent = 0; sent < total; sent += CHUNK) {
    const options = { seed: seed + sent, numRuns: Math.min(CHUNK, total - sent) };
    monitor.attack('随机请求');
    const again = `--requests ${options.numRuns} --attacks 0 --contract 0 --seed ${options.seed}`;
    await sendAll(fc.sample(fuzzRequests(ids), options), address, (asked, answer) =>
      judge(asked, answer, (finding) => note(`${finding}（重做：npm run test:fuzz -- ${again}）`)),
    );
    monitor.calm();
    for (; round < (rounds * (sent + CHUNK)) / total && round < rounds; round += 1)
      await attacks.doRound(round);
    if (warm === 0 && sent >= total * WARM_SHARE) warm = memory();
    if (sent % (CHUNK * 25) === 0)
      say(`${sent}/${total}：内存 ${memory()} MB，发现 ${findings.length}`);
  }
  for (; round < rounds; round += 1) await attacks.doRound(round);
  const end = memory();
  say(`随机请求 ${total} 个：内存热身后 ${warm} MB，结束 ${end} MB`);
  if (warm > 0 && end > warm * MOST_GROWTH) note(`内存从 ${warm} MB 长到 ${end} MB`);

  monitor.attack('按文档的请求');
  const contract = readContract(await (await fetch(`${address}/api/openapi.json`)).json());
  const made = fc.sample(contract.requests(ids), { seed, numRuns: Number(values.contract) });
  await sendAll(made, address, (asked, { status, type, body }) => {
    const mismatch = contract.findMismatch(asked.operation, status, type, body);
    if (mismatch !== null) note(`${asked.operation} ${describe(asked)}：${mismatch}`);
  });
  say(`按 OpenAPI 文档的请求 ${made.length} 个`);
  const waits = await monitor.end();
  for (const line of printWaits(waits)) say(line);
  if (!values['waits-only-report']) findLongWaits(waits).forEach(note);
  for (const { name, isIdle } of attacks.kinds) {
    const away = isIdle === true ? (waits.byAttack[name]?.away ?? 0) : 0;
    if (away > 0) note(`“${name}”只占着连接，旁人却被拒绝 ${away} 次`);
  }
  if (findings.length > 0) say(service.output().slice(-5_000));
} finally {
  if (!(await service.stop())) note('服务收到 SIGTERM 以后没有退出');
  // Also when the run could not go on: what was found until then may say why.
  report();
}
process.exit(findings.length === 0 ? 0 : 1);

function report(): void {
  const counts = [...statuses].sort(([a], [b]) => a - b);
  say(counts.map(([status, count]) => `${status}×${count}`).join(' '));
  for (const finding of findings.slice(0, MOST_FINDINGS)) say(`  ${finding}`);
  say(`发现 ${findings.length}`);
}

async function sendAll<Asked extends FuzzRequest>(
  requests: readonly Asked[],
  address: string,
  look: (asked: Asked, answer: Answer) => void,
): Promise<void> {
  const left = requests.values();
  const sendNext = async () => {
    for (const asked of left) {
      const answer = await send(asked, address).catch((error: unknown) => {
        note(`${describe(asked)}：${String(error)}`);
        return null;
      });
      if (answer === null) continue;
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      look(asked, answer);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendNext));
}

/** Not `fetch`, which would put a path right before it sends it. */
function send({ method, path, headers, body }: FuzzRequest, address: string): Promise<Answer> {
  const { hostname, port } = new URL(address);
  // Node leaves it out for DELETE, and the body would then be taken for the next request.
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const options = {
    ...{ hostname, port, method, path, headers: { ...headers, ...length } },
    signal: AbortSignal.timeout(ANSWERED_WITHIN_MS),
  };
  return new Promise((resolve, reject) => {
    const sending = request(options, (response) => {
      text(response).then(
        (received) =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            body: received,
          }),
        reject,
      );
    });
    sending.once('error', reject);
    sending.end(body);
  });
}

function judge(
  asked: FuzzRequest,
  { status, type, body }: Answer,
  found: (finding: string) => void,
): void {
  if (status >= 500) found(`${describe(asked)}：状态 ${status} ${body.slice(0, 200)}`);
  if (type.startsWith('text/html') && body.includes(CANARY))
    found(`${describe(asked)}：标记未转义`);
  if (!type.startsWith('application/json') || body === '') return;
  JSON.parse(body, (name, value: unknown) => {
    if (name.endsWith('Html') && String(value).includes(CANARY))
      found(`${describe(asked)}：${name} 未转义`);
    return value;
  });
}

function describe({ method, path, body }: FuzzRequest): string {
  return `${method} ${path.slice(0, 300)} ${body?.slice(0, 200) ?? ''}`;
}

function note(finding: string): void {
  findings.push(finding);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
