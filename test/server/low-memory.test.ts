import { readFileSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { searchResponseSchema } from '../../server/api/search-schema.ts';
import { enginesOf, trackProcesses } from '../service-process.ts';
import { temporaryFolder } from '../service-for-tests.ts';

const DATA_DIR = temporaryFolder();
const { startService, end } = trackProcesses();

afterAll(async () => {
  await end();
  rmSync(DATA_DIR, { recursive: true, force: true });
});

describe('LOW_MEMORY=on', () => {
  it('holds the engine to the least memory and one thread, and finds what it always finds', async () => {
    const { address } = await startService({ DATA_DIR, LOW_MEMORY: 'on' });
    const [engine] = enginesOf(DATA_DIR);
    const command = readFileSync(`/proc/${engine}/cmdline`, 'utf8').split('\0').join(' ');
    expect(command).toContain(`--max-indexing-memory ${64 * 2 ** 20} --max-indexing-threads 1 `);
    expect(command).toContain('--experimental-reduce-indexing-memory-usage');
    const answer = await fetch(`${address}/api/search?q=${encodeURIComponent('贵阳高新区')}`);
    expect(searchResponseSchema.parse(await answer.json()).total).toBeGreaterThan(0);
  });
});
