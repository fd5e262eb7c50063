import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { startTestService, temporaryFolder } from '../service-for-tests.ts';
import { runRebuildCommand } from './index-command.ts';

const readySchema = z.object({ rebuilding: z.object({ reason: z.string() }).nullable() });

it('a service says that another process rebuilds, until it has', async () => {
  const dataDir = temporaryFolder();
  const service = await startTestService({ DATA_DIR: dataDir });
  const told = async () => {
    const response = await fetch(`${service.address}/readyz`);
    return readySchema.parse(await response.json()).rebuilding?.reason ?? null;
  };
  try {
    expect(await told()).toBeNull();
    const done = new AbortController();
    const command = runRebuildCommand(dataDir).finally(() => done.abort());
    const seen = new Set<string | null>();
    while (!done.signal.aborted) {
      seen.add(await told());
      await sleep(10);
    }
    await command;
    expect([...seen]).toEqual([null, '另一个进程在重建索引']);
    expect(await told()).toBeNull();
  } finally {
    await service.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
