import { pick } from '../../fuzz/attacks/attack.ts';
import { ATTACKS } from '../../fuzz/attacks/attacks.ts';
import { vastPages } from '../../fuzz/attacks/vast-pages.ts';
import type { Fault } from '../fault.ts';
import { targetOf } from '../target.ts';

/** Any attack of the fuzz run, while articles come in. Vast articles are a fault of their own. */
export const rawSockets: Fault = {
  name: 'raw sockets',
  measured: 'all',
  async run(site) {
    const attack = pick(
      ATTACKS.filter((one) => one !== vastPages),
      site.random,
    );
    const lose = (loss: string) => site.lose(`${attack.name}：${loss}`);
    await attack.run(targetOf({ ...site, lose }, []), site.random);
  },
};
