import { ended } from '../ended.ts';
import type { Fault } from '../fault.ts';

/** A new index takes the old one's place, and the old one is removed, while people search. */
export const rebuild: Fault = {
  name: 'rebuild',
  measured: 'all',
  async run({ arena, lose }) {
    const status = await ended(arena.run('indexer/cli.ts', ['rebuild']));
    if (status !== 0) lose(`npm run rebuild：${status}`);
  },
};
