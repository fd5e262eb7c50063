import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../bench/jumbled-pages.ts';
import { ATTACKS } from './attacks/attacks.ts';
import { savedBombs } from './attacks/phrase-bombs.ts';
import { vastPages } from './attacks/vast-pages.ts';
import type { FuzzService } from './fuzz-service.ts';
import { startFuzzService } from './fuzz-service.ts';

/** These take long, and are left to `npm run test:fuzz`. */
const LONG = [savedBombs, vastPages];
const HOLD_MS = 3_000;

let service: FuzzService;
beforeAll(async () => {
  service = await startFuzzService();
});
afterAll(async () => {
  await service.stop();
});

describe('the service', () => {
  it.each(ATTACKS.filter((attack) => !LONG.includes(attack)))('outlives: $name', async (attack) => {
    const findings: string[] = [];
    const { address, port, adminToken, ids, index } = service;
    const note = (finding: string) => void findings.push(finding);
    const target = { address, port, adminToken, ids, index, note, vastIds: [], holdMs: HOLD_MS };
    const statuses = new Set<number>();
    const state = { isOver: false };
    const attacking = attack.run(target, seededRandom(1)).finally(() => (state.isOver = true));
    if (attack.isIdle === true)
      while (!state.isOver) {
        const response = await fetch(`${address}/api/search?q=a`);
        await response.arrayBuffer();
        statuses.add(response.status);
        // The attack is made by this process too.
        await sleep(20);
      }
    await attacking;
    const isThere = await isAlive(address);
    // So that the next attack finds one.
    expect(await service.revive()).toBeNull();
    expect(isThere).toBe(true);
    expect(findings).toEqual([]);
    expect([...statuses]).toEqual(attack.isIdle === true ? [200] : []);
  });
});

async function isAlive(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/healthz`)).ok;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
