import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../bench/jumbled-pages.ts';
import { LONGEST_WAIT_MS } from '../waits/print-waits.ts';
import type { WaitMonitor } from '../waits/wait-monitor.ts';
import type { Attack, Target } from './attacks/attack.ts';
import { ATTACKS } from './attacks/attacks.ts';
import type { FuzzService } from './fuzz-service.ts';

const LOOK_EVERY_MS = 200;
const MOST_MEMORY_MB = 1_000;
const OVER_WITHIN_MS = 180_000;
/** The same again and again; the rest is counted. */
const MOST_FINDINGS_A_ROUND = 5;
const ANSWERS_WITHIN_MS = 20_000;

export interface AttackRounds {
  readonly kinds: readonly Attack[];
  /** Does the attack of that round, and looks whether the service is as it was. */
  readonly doRound: (round: number) => Promise<void>;
}

/** Attacks in the order of the list, or of `only`, again and again; each round has a seed of its own. */
export function attackRounds(
  service: FuzzService,
  monitor: WaitMonitor,
  options: {
    readonly seed: number;
    readonly only: readonly string[] | undefined;
    readonly target: Omit<Target, 'note'>;
    readonly note: (finding: string) => void;
    readonly say: (line: string) => void;
  },
): AttackRounds {
  const { seed, only, target, say } = options;
  const kinds = ATTACKS.filter(({ name }) => only === undefined || only.includes(name));

  async function doRound(round: number): Promise<void> {
    const attack = kinds[round % kinds.length]!;
    const own = seed + round;
    const again = `npm run test:fuzz -- --requests 0 --contract 0 --attacks 1 --only "${attack.name}" --seed ${own}`;
    let found = 0;
    const note = (finding: string) => {
      found += 1;
      if (found <= MOST_FINDINGS_A_ROUND)
        options.note(`“${attack.name}”：${finding.slice(0, 600)}（重做：${again}）`);
    };
    const started = performance.now();
    let highest = 0;
    const looking = setInterval(
      () => (highest = Math.max(highest, service.memoryMb())),
      LOOK_EVERY_MS,
    );
    monitor.attack(attack.name);
    const isOver = await within(
      OVER_WITHIN_MS,
      attack.run({ ...target, note }, seededRandom(own)).catch((error: unknown) => {
        note(String(error));
      }),
    );
    if (!isOver) note(`${OVER_WITHIN_MS / 1_000} 秒没有做完`);
    await answers(note);
    clearInterval(looking);
    if (highest > MOST_MEMORY_MB) note(`内存到了 ${highest} MB，应不过 ${MOST_MEMORY_MB}`);
    monitor.calm();
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    say(`攻击 ${round + 1} ${attack.name}：${seconds} 秒，内存最高 ${highest} MB，发现 ${found}`);
  }

  /** Waits until the service answers; what has ended, or stands still, is started again for the next round. */
  async function answers(note: (finding: string) => void): Promise<void> {
    for (let deadline = Date.now() + ANSWERS_WITHIN_MS; ; await sleep(LOOK_EVERY_MS)) {
      // A start takes as long as it takes.
      if (service.memoryMb() === 0) monitor.attack('重新启动', 'none');
      const said = await service.revive();
      if (said !== null) note(`服务退出了：${said}`);
      if (await isAlive(service.address)) return;
      if (Date.now() < deadline) continue;
      note(`${ANSWERS_WITHIN_MS / 1_000} 秒没有在 ${LONGEST_WAIT_MS} 毫秒内应答 /healthz`);
      await service.kill();
      deadline = Infinity;
    }
  }

  return { kinds, doRound };
}

async function within(limitMs: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const isOver = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return isOver;
}

/** Whether it answers at once: what it has still to do for the last attack is not the next one's. */
async function isAlive(address: string): Promise<boolean> {
  const signal = AbortSignal.timeout(LONGEST_WAIT_MS);
  try {
    return (await fetch(`${address}/healthz`, { signal })).ok;
  } catch (error) {
    // Refused, cut, or too late: what else there may be is a fault of the run.
    if (error instanceof TypeError || error instanceof DOMException) return false;
    throw error;
  }
}
