import { setTimeout as sleep } from 'node:timers/promises';
import { bomb } from '../../fuzz/attacks/phrase-bombs.ts';
import { removeBomb, saveBomb } from '../../fuzz/attacks/saved-bombs.ts';
import type { Reception } from '../../fuzz/attacks/webhook-receiver.ts';
import { startReceiver } from '../../fuzz/attacks/webhook-receiver.ts';
import { ended } from '../ended.ts';
import type { Fault } from '../fault.ts';

const RECEPTIONS: readonly Reception[] = ['take', 'hang', 'fail', 'redirect', 'reset', 'flood'];
/** Stands in all news. */
const EVERYTHING = '备案编号';
const DELIVERED_WITHIN_MS = 15_000;

/** Receivers that hang, fail, redirect and flood, of searches for everything and of phrase bombs. */
export const webhooks: Fault = {
  name: 'webhooks',
  measured: 'all',
  isAtOnce: true,
  async run({ arena, indexer, random, lose }) {
    const address = arena.address();
    const receivers = await Promise.all(RECEPTIONS.map(startReceiver));
    const saved = [];
    for (const { url } of receivers)
      for (const query of [EVERYTHING, bomb(random)])
        saved.push(...(await saveBomb(address, query, url)));
    await ended(indexer);
    const deadline = Date.now() + DELIVERED_WITHIN_MS;
    while (receivers.some(({ received }) => received().deliveries === 0) && Date.now() < deadline)
      await sleep(200);
    receivers.forEach(({ received }, place) => {
      const { deliveries, followed } = received();
      if (deliveries === 0) lose(`推送（对方 ${RECEPTIONS[place]!}）没有到`);
      if (followed > 0) lose('推送跟随了转址');
    });
    for (const one of saved) await removeBomb(address, one);
    await Promise.all(receivers.map(({ close }) => close()));
  },
};
