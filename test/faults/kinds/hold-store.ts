import { setTimeout as sleep } from 'node:timers/promises';
import { exited } from '../../service-process.ts';
import type { Fault } from '../fault.ts';
import { reach, save } from '../searching.ts';

const BUSY_MS = 100;

/** Another program writes for seconds: what only reads goes on, what wants to write waits alone. */
export const holdStore: Fault = {
  name: 'hold store',
  measured: 'all',
  async run({ arena, ledger, random }) {
    const forMs = 2_000 + 5_000 * random();
    const holder = arena.run('test/faults/hold-store.ts', [arena.dataDir, String(forMs)]);
    const isOver = exited(holder.child);
    while (!holder.output().includes('held') && holder.child.exitCode === null)
      await sleep(BUSY_MS);
    const address = arena.address();
    await Promise.all([
      save(address, '占着时保存', 'q=%E7%A8%80%E5%9C%9F', ledger),
      reach(`${address}/api/saved-searches/nothing`, { method: 'DELETE' }),
      isOver,
    ]);
  },
};
