import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  findProcessesWithArgument,
  identifyProcess,
  isRunning,
  signalProcess,
} from '../../../indexer/engine/process-identity.ts';

describe('process identity', () => {
  const wait = 'setTimeout(() => {}, 60_000)';

  it('knows a process until it ends', async () => {
    const child = spawn(process.execPath, ['-e', wait, 'an argument (of (its) own']);
    await once(child, 'spawn');
    const identity = identifyProcess(child.pid!);
    expect(identity).not.toBeNull();
    expect(isRunning(identity!)).toBe(true);
    expect(findProcessesWithArgument('an argument (of (its) own')).toEqual([identity]);
    expect(findProcessesWithArgument('an argument')).toEqual([]);
    expect(signalProcess(child.pid!, 'SIGKILL')).toBe(true);
    await once(child, 'exit');
    expect(isRunning(identity!)).toBe(false);
    expect(identifyProcess(child.pid!)).toBeNull();
    expect(signalProcess(child.pid!, 'SIGKILL')).toBe(false);
  });

  it('does not take a later process with the same number for the former', () => {
    const own = identifyProcess(process.pid);
    expect(own).not.toBeNull();
    expect(isRunning({ pid: process.pid, startedAt: `${own!.startedAt}0` })).toBe(false);
  });
});
