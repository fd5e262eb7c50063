import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signalProcess } from '../../../indexer/engine/process-identity.ts';
import { addNote, CAN_START_ENGINE, noteIds, setUpEngineBench, until } from './engine-bench.ts';

describe.runIf(CAN_START_ENGINE)('one engine for many processes', () => {
  const bench = setUpEngineBench();

  it('attaches a second opener to the engine that runs', async () => {
    const leader = await bench.open();
    const follower = await bench.open();
    expect(follower).toMatchObject({
      url: leader.url,
      masterKey: leader.masterKey,
      freshIndex: false,
    });
    expect(bench.enginePids()).toHaveLength(1);
    await follower.stop();
    await addNote(leader, 1);
    expect(await noteIds(leader)).toEqual([1]);
  });

  it('leaves the engine to a follower when the leader stops, without a gap', async () => {
    const leader = await bench.open();
    const follower = await bench.open();
    await addNote(leader, 1);
    const pids = bench.enginePids();
    await leader.stop();
    expect(await noteIds(follower)).toEqual([1]);
    await until(() => bench.messages().join().includes('由本进程接管'));
    expect(bench.enginePids()).toEqual(pids);
    await follower.stop();
    expect(bench.enginePids()).toEqual([]);
  });

  it('stops the engine when leader and follower stop one right after the other', async () => {
    const leader = await bench.open();
    const follower = await bench.open();
    await leader.stop();
    await follower.stop();
    expect(bench.enginePids()).toEqual([]);
  });

  it('starts one engine for processes that open at the same time', async () => {
    const holders = await Promise.all([bench.hold(), bench.hold(), bench.hold()]);
    expect(new Set(holders.map(({ url }) => url)).size).toBe(1);
    expect(holders.filter(({ freshIndex }) => freshIndex)).toHaveLength(1);
    expect(bench.enginePids()).toHaveLength(1);
    for (const { child } of holders) child.kill('SIGTERM');
    await Promise.all(holders.map(({ exited }) => exited));
    expect(bench.enginePids()).toEqual([]);
  });

  it('adopts the engine of a leader that was killed', async () => {
    const leader = await bench.hold();
    const pids = bench.enginePids();
    leader.child.kill('SIGKILL');
    await leader.exited;
    expect(bench.enginePids()).toEqual(pids);
    const heir = await bench.open();
    expect(heir.url).toBe(leader.url);
    await addNote(heir, 1);
    signalProcess(pids[0]!, 'SIGKILL');
    await until(() => heir.state === 'restarting');
    await until(() => heir.state === 'ready');
    expect(await noteIds(heir)).toEqual([1]);
    await heir.stop();
    expect(bench.enginePids()).toEqual([]);
  });

  it('starts again when leader and engine were killed', async () => {
    const first = await bench.open();
    await addNote(first, 1);
    await first.stop();
    const leader = await bench.hold();
    leader.child.kill('SIGKILL');
    await leader.exited;
    for (const pid of bench.enginePids()) signalProcess(pid, 'SIGKILL');
    const heir = await bench.open();
    expect(await noteIds(heir)).toEqual([1]);
  });

  it('lets a follower take over when the leader is killed', async () => {
    const leader = await bench.hold();
    const follower = await bench.open();
    await addNote(follower, 1);
    leader.child.kill('SIGKILL');
    for (const pid of bench.enginePids()) signalProcess(pid, 'SIGKILL');
    await until(() => follower.state === 'restarting');
    await until(() => follower.state === 'ready');
    expect(follower.url).toBe(leader.url);
    expect(await noteIds(follower)).toEqual([1]);
    await follower.stop();
    expect(bench.enginePids()).toEqual([]);
  });

  it.each([
    ['ends without stopping it', 'SIGUSR2', 3],
    ['is ended by a signal it does not handle', 'SIGINT', 130],
  ] as const)('stops the engine when its leader %s', async (_, signal, code) => {
    const leader = await bench.hold();
    leader.child.kill(signal);
    expect(await leader.exited).toEqual([code, null]);
    await until(() => bench.enginePids().length === 0);
  });

  it.each([
    ['unreadable', 'not JSON'],
    ['of another process', JSON.stringify({ pid: 1, startedAt: 'x', port: 23456, startedBy: 1 })],
  ])('never runs two engines on one folder when engine.json is %s', async (_, record) => {
    const leader = await bench.hold();
    leader.child.kill('SIGKILL');
    await leader.exited;
    writeFileSync(join(bench.dataDir(), 'engine', 'engine.json'), record);
    const heir = await bench.open();
    expect(bench.enginePids()).toHaveLength(1);
    await addNote(heir, 1);
    expect(await noteIds(heir)).toEqual([1]);
  });

  it('tells followers that the engine went and came back', async () => {
    const leader = await bench.hold();
    const follower = await bench.open();
    leader.child.kill('SIGSTOP');
    for (const pid of bench.enginePids()) signalProcess(pid, 'SIGKILL');
    await until(() => follower.state === 'restarting');
    leader.child.kill('SIGCONT');
    await until(() => follower.state === 'ready');
    expect((await fetch(`${follower.url}/health`)).status).toBe(200);
  });
});
