import type { WaitFigures } from './wait-figures.ts';
import type { WaitReport } from './wait-messages.ts';

/** No request waits longer because of another request, another process or an upkeep of our own. */
export const LONGEST_WAIT_MS = 300;

/** The waits of a run as lines to be read, the worst attack first. */
export function printWaits({ all, byAttack, machine }: WaitReport): string[] {
  const worstFirst = Object.entries(byAttack).sort(([, a], [, b]) => b.p999 - a.p999);
  const { ownStalls, shareWaitingForCore: share } = machine;
  return [
    `旁人的等待（毫秒；每类攻击一行，最久的在前）：`,
    ...worstFirst.map(([name, figures]) => `  ${name}：${line(figures)}`),
    `  全部：${line(all)}`,
    `测量本身：${machine.cores} 核，平均负载 ${machine.load.toFixed(1)}；${machine.seconds.toFixed(0)} 秒中` +
      (share === null ? '' : `有进程在等处理器的占 ${(share * 100).toFixed(0)}%，`) +
      `测量进程自己停顿 ${ownStalls.all.toFixed(0)} 毫秒、最久 ${ownStalls.longest.toFixed(0)}，已扣除（${all.shortened} 次等待）`,
  ];
}

/** The attacks beside which others waited too long, or got wrong answers or none. */
export function findLongWaits({ byAttack }: WaitReport): string[] {
  return Object.entries(byAttack).flatMap(
    ([name, { p999, longest, longestOf, failed, failure }]) => [
      ...(p999 > LONGEST_WAIT_MS
        ? [
            `“${name}”时旁人等待 p99.9 ${p999.toFixed(0)} 毫秒，最久 ${longest.toFixed(0)}（${longestOf}），应不过 ${LONGEST_WAIT_MS}`,
          ]
        : []),
      ...(failed > 0 ? [`“${name}”时旁人 ${failed} 次没有得到应答：${failure}`] : []),
    ],
  );
}

function line({ waits, median, p99, p999, longest, longestOf, away, failed }: WaitFigures): string {
  const [middle, high, higher, most] = [median, p99, p999, longest].map((ms) => ms.toFixed(0));
  return `中位 ${middle}，p99 ${high}，p99.9 ${higher}，最久 ${most}（${longestOf}）；${waits} 次，另拒绝 ${away}，失败 ${failed}`;
}
