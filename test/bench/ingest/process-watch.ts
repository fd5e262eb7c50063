import { readdirSync, readFileSync } from 'node:fs';

const EVERY_MS = 250;
/** `/proc` counts processor time in these; 100 on every Linux in use. */
const TICKS_A_SECOND = 100;

/** What the processes of a family have used so far, by program. */
export interface Usage {
  /** Largest resident memory of one of them, MB. */
  readonly peakMb: number;
  /** Processor time of all of them, as last seen. */
  readonly cpuSeconds: number;
}

export interface ProcessWatch {
  readonly usage: () => Readonly<Record<string, Usage>>;
  readonly stop: () => void;
}

interface Seen {
  readonly name: string;
  readonly peakMb: number;
  readonly cpuSeconds: number;
}

/** Watches a process and its children, their children and so on, through `/proc` (Linux). */
export function watchProcesses(pid: number): ProcessWatch {
  const seen = new Map<number, Seen>();
  const look = () => {
    // Children have larger numbers than their parents but for a wrap-around of the counter.
    for (const { id, parent, ...process } of processes())
      if (id === pid || seen.has(id) || seen.has(parent)) seen.set(id, process);
  };
  const timer = setInterval(look, EVERY_MS);
  look();
  return {
    usage() {
      look();
      const usage: Record<string, Usage> = {};
      for (const { name, peakMb, cpuSeconds } of seen.values()) {
        const before = usage[name] ?? { peakMb: 0, cpuSeconds: 0 };
        usage[name] = {
          peakMb: Math.max(before.peakMb, peakMb),
          cpuSeconds: before.cpuSeconds + cpuSeconds,
        };
      }
      return usage;
    },
    stop: () => clearInterval(timer),
  };
}

/** Resident memory of a process just now, MB; 0 when it is gone. */
export function residentMb(pid: number): number {
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(readProc(pid, 'status'))?.[1] ?? 0) / 1024);
}

function processes(): (Seen & { readonly id: number; readonly parent: number })[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b)
    .flatMap((id) => {
      const status = readProc(id, 'status');
      const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1];
      const peak = field('VmHWM');
      if (peak === undefined) return [];
      // After the name in brackets come the state and then, as 12th and 13th, the ticks.
      const times = readProc(id, 'stat')
        .replace(/^.*\) /s, '')
        .split(' ');
      return {
        id,
        parent: Number(field('PPid')),
        name: field('Name') ?? '',
        peakMb: Math.round(Number(peak) / 1024),
        cpuSeconds: (Number(times[11] ?? 0) + Number(times[12] ?? 0)) / TICKS_A_SECOND,
      };
    });
}

/** Empty for a process that has ended meanwhile. */
function readProc(id: number, file: string): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
