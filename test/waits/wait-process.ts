/**
 * The process that measures for wait-monitor.ts how long requests of somebody wait who does nothing wrong,
 * on connections that are kept and on new ones.
 */
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { availableParallelism, loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../../indexer/engine/process-identity.ts';
import { watchOwnStalls } from './own-stalls.ts';
import type { Waits } from './wait-figures.ts';
import { addWait, figuresOf, noWaits } from './wait-figures.ts';
import type { Measured, ProbedPaths, WaitOrder, WaitReport } from './wait-messages.ts';
import { QUIET } from './wait-messages.ts';

const EVERY_MS = 100;
const PATIENCE_MS = 60_000;

interface Attack {
  readonly name: string;
  readonly measured: Measured;
}

let target: { readonly address: string; readonly paths: ProbedPaths } | null = null;
let attack: Attack = { name: QUIET, measured: 'all' };
const started = performance.now();
const pressureAtStart = pressureMicroseconds();
const stalls = watchOwnStalls();
const collected = new Map<string, Waits>();

process.on('message', (order: WaitOrder) => {
  if (order.type === 'target') target = order;
  else if (order.type === 'attack') attack = order;
  else process.send!(report());
});
// Whoever asked for all this is gone.
process.once('disconnect', () => process.exit(0));

for (const keepAlive of [true, false])
  for (const what of ['healthz', 'search', 'article'] as const) void probe(what, keepAlive);

async function probe(what: 'healthz' | keyof ProbedPaths, keepAlive: boolean): Promise<void> {
  const agent = new Agent({ keepAlive, maxSockets: 1 });
  const label = `${what}（${keepAlive ? '旧' : '新'}连接）`;
  for (;;) {
    await sleep(EVERY_MS);
    if (target === null) continue;
    const { address, paths } = target;
    const before = attack;
    const from = performance.now();
    const outcome = await ask(address + (what === 'healthz' ? '/healthz' : paths[what]), agent);
    const to = performance.now();
    // Begun in peace and caught by an attack: its wait is the attack's. What a later state does not
    // measure, a restart under way say, says nothing.
    const counted = [before, attack].every(
      ({ measured }) => measured === 'all' || measured === what,
    );
    if (!counted) continue;
    const waits = waitsOf((before.name === QUIET ? attack : before).name);
    const at = new Date().toISOString();
    if (outcome === 'away') {
      waits.away += 1;
      continue;
    }
    if (outcome !== 'answered') {
      waits.failed += 1;
      if (waits.failure === '') waits.failure = `${at} ${label}：${outcome}`;
    }
    const ours = stalls.between(from, to);
    if (ours > 0) waits.shortened += 1;
    addWait(waits, to - from - ours, EVERY_MS, `${at} ${label}`);
  }
}

/** `answered`, `away` for a refusal that says when to come back, or what was wrong. */
function ask(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve) => {
    const request = get(url, { agent, signal: AbortSignal.timeout(PATIENCE_MS) }, (response) => {
      const { statusCode: status = 0, headers } = response;
      response.resume();
      response.once('error', (error) => resolve(String(error)));
      response.once('end', () => {
        const isRefusal = [429, 503].includes(status) && headers['retry-after'] !== undefined;
        resolve(status === 200 ? 'answered' : isRefusal ? 'away' : `状态 ${status}`);
      });
    });
    request.once('error', (error) => resolve(String(error)));
  });
}

function waitsOf(name: string): Waits {
  const known = collected.get(name) ?? noWaits();
  collected.set(name, known);
  return known;
}

function report(): WaitReport {
  const seconds = (performance.now() - started) / 1_000;
  const pressure = pressureMicroseconds();
  return {
    all: figuresOf([...collected.values()]),
    byAttack: Object.fromEntries([...collected].map(([name, one]) => [name, figuresOf([one])])),
    machine: {
      seconds,
      ownStalls: stalls.sum(),
      shareWaitingForCore:
        pressure === null || pressureAtStart === null
          ? null
          : (pressure - pressureAtStart) / 1e6 / seconds,
      load: loadavg()[0]!,
      cores: availableParallelism(),
    },
  };
}

/** For how long something of this machine has waited for a core since it was started. */
function pressureMicroseconds(): number | null {
  try {
    return Number(/^some .*total=(\d+)/m.exec(readFileSync('/proc/pressure/cpu', 'utf8'))?.[1]);
  } catch (error) {
    // Only Linux has it, and not every Linux.
    if (hasCode(error, 'ENOENT', 'EACCES', 'EOPNOTSUPP')) return null;
    throw error;
  }
}
