import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { processActivity } from '../../../indexer/engine/process-identity.ts';

describe.runIf(process.platform === 'linux')('processActivity', () => {
  it('grows while a process works and stands still while it is stopped', async () => {
    const child = spawn(process.execPath, ['-e', 'for (;;);']);
    try {
      await once(child, 'spawn');
      const pid = child.pid!;
      const first = processActivity(pid)!;
      while (processActivity(pid)! < first + 20) await sleep(20);
      child.kill('SIGSTOP');
      await sleep(50);
      const stopped = processActivity(pid)!;
      await sleep(300);
      expect(processActivity(pid)).toBe(stopped);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    expect(processActivity(child.pid!)).toBeNull();
  });
});
