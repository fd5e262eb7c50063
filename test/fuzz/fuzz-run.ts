/**
 * Sends requests of all kinds to a running service and looks at every answer:
 * `npm run test:fuzz -- [--requests 100000] [--contract 5000] [--seed N]`
 *
 * First `--requests` random and grammar-made ones: no status above 499, no markup out of input, memory
 * flat. Then `--contract` made from /api/openapi.json, whose answers must be as it says. The service runs
 * over the sample corpus with its limit of requests off. Exit status 0 only without a finding.
 */
import { readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { z } from 'zod';
import { temporaryFolder } from '../service-for-tests.ts';
import { trackProcesses } from '../service-process.ts';
import type { FuzzRequest } from './fuzz-request.ts';
import { CANARY, fuzzRequests } from './fuzz-request.ts';
import { readContract } from './openapi-contract.ts';

const AT_ONCE = 4;
const CHUNK = 400;
/** Memory is compared with that after this share of the requests: caches and compiled code are then there. */
const WARM_SHARE = 0.3;
const MOST_GROWTH = 1.4;
const MOST_FINDINGS = 40;

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    contract: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
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
const folder = temporaryFolder();
const processes = trackProcesses();
say(`种子 ${seed}`);
try {
  const { address, child, output } = await processes.startService({
    DATA_DIR: folder,
    LOG_LEVEL: 'error',
    RATE_LIMIT: '0',
    ENGINE_LIMIT_MS: '20000',
  });
  const memory = () => memoryMb(child.pid!);
  const { hits } = z
    .object({ hits: z.array(z.object({ id: z.string() })) })
    .parse(await (await fetch(`${address}/api/search?size=20`)).json());
  const ids = hits.map(({ id }) => id);
  say(`开始：内存 ${memory()} MB`);

  const total = Number(values.requests);
  let warm = 0;
  for (let sent = 0; sent < total; sent += CHUNK) {
    const options = { seed: seed + sent, numRuns: Math.min(CHUNK, total - sent) };
    await sendAll(fc.sample(fuzzRequests(ids), options), address, judge);
    if (warm === 0 && sent >= total * WARM_SHARE) warm = memory();
    if (sent % (CHUNK * 25) === 0)
      say(`${sent}/${total}：内存 ${memory()} MB，发现 ${findings.length}`);
  }
  const end = memory();
  say(`随机请求 ${total} 个：内存热身后 ${warm} MB，结束 ${end} MB`);
  if (end > warm * MOST_GROWTH) note(`内存从 ${warm} MB 长到 ${end} MB`);

  const contract = readContract(await (await fetch(`${address}/api/openapi.json`)).json());
  const made = fc.sample(contract.requests(ids), { seed, numRuns: Number(values.contract) });
  await sendAll(made, address, (asked, { status, type, body }) => {
    const mismatch = contract.findMismatch(asked.operation, status, type, body);
    if (mismatch !== null) note(`${asked.operation} ${describe(asked)}：${mismatch}`);
  });
  say(`按 OpenAPI 文档的请求 ${made.length} 个`);
  if (findings.length > 0) say(output().slice(-5_000));
} finally {
  await processes.end();
  rmSync(folder, { recursive: true, force: true });
}
say(
  [...statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${status}×${count}`)
    .join(' '),
);
for (const finding of findings.slice(0, MOST_FINDINGS)) say(`  ${finding}`);
say(`发现 ${findings.length}`);
process.exit(findings.length === 0 ? 0 : 1);

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
  const options = { hostname, port, method, path, headers: { ...headers, ...length } };
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

function judge(asked: FuzzRequest, { status, type, body }: Answer): void {
  if (status >= 500) note(`${describe(asked)}：状态 ${status} ${body.slice(0, 200)}`);
  if (type.startsWith('text/html') && body.includes(CANARY)) note(`${describe(asked)}：标记未转义`);
  if (!type.startsWith('application/json') || body === '') return;
  JSON.parse(body, (name, value: unknown) => {
    if (name.endsWith('Html') && String(value).includes(CANARY))
      note(`${describe(asked)}：${name} 未转义`);
    return value;
  });
}

function describe({ method, path, body }: FuzzRequest): string {
  return `${method} ${path.slice(0, 300)} ${body?.slice(0, 200) ?? ''}`;
}

function note(finding: string): void {
  findings.push(finding);
}

function memoryMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
