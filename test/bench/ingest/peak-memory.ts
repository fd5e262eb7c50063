import { readdirSync, readFileSync } from 'node:fs';

const EVERY_MS = 250;

/** Largest resident memory so far, in MB, of each process of a family, by its program's name. */
export interface MemoryWatch {
  readonly peaks: () => Readonly<Record<string, number>>;
  readonly stop: () => void;
}

/** Watches the process and its children, their children and so on, through `/proc` (Linux). */
export function watchMemory(pid: number): MemoryWatch {
  const peaks: Record<string, number> = {};
  const look = () => {
    const family = new Set([pid]);
    // Children have larger numbers than their parents but for a wrap-around of the counter.
    for (const { id, parent, name, peakMb } of processes()) {
      if (!family.has(id) && !family.has(parent)) continue;
      family.add(id);
      peaks[name] = Math.max(peaks[name] ?? 0, peakMb);
    }
  };
  const timer = setInterval(look, EVERY_MS);
  look();
  return { peaks: () => peaks, stop: () => clearInterval(timer) };
}

function processes() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b)
    .flatMap((id) => {
      const status = readStatus(id);
      const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1];
      const peak = field('VmHWM');
      if (peak === undefined) return [];
      return {
        id,
        parent: Number(field('PPid')),
        name: field('Name') ?? '',
        peakMb: Math.round(Number(peak) / 1024),
      };
    });
}

/** Empty for a process that has ended meanwhile. */
function readStatus(id: number): string {
  try {
    return readFileSync(`/proc/${id}/status`, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
