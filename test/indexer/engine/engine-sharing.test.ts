import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signalProcess } from '../../../indexer/engine/process-identity.ts';
import { addNote, CAN_START_ENGINE, noteIds, setUpEngineBench, until } from './engine-bench.ts';

describe.runIf(CAN_START_ENGINE)('one engine for many processes', () => {
  const bench = setUpEngineBench();

  it('attaches a second opener to the engine that runs', async () => {
    const owner = await bench.open();
    const guest = await bench.open();
    expect(guest).toMatchObject({ url: owner.url, masterKey: owner.masterKey, freshIndex: false });
    expect(bench.enginePids()).toHaveLength(1);
    await guest.stop();
    await addNote(owner, 1);
    expect(await noteIds(owner)).toEqual([1]);
  });

  it('leaves the engine to a guest when the owner stops, without a gap', async () => {
    const owner = await bench.open();
    const guest = await bench.open();
    await addNote(owner, 1);
    const pids = bench.enginePids();
    await owner.stop();
    expect(await noteIds(guest)).toEqual([1]);
    await until(() => bench.messages().join().includes('由本进程接管'));
    expect(bench.enginePids()).toEqual(pids);
    await guest.stop();
    expect(bench.enginePids()).toEqual([]);
  });

  it('stops the engine when owner and guest stop one right after the other', async () => {
    const owner = await bench.open();
    const guest = await bench.open();
    await owner.stop();
    await guest.stop();
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

  it('adopts the engine of an owner that was killed', async () => {
    const owner = await bench.hold();
    const pids = bench.enginePids();
    owner.child.kill('SIGKILL');
    await owner.exited;
    expect(bench.enginePids()).toEqual(pids);
    const heir = await bench.open();
    expect(heir.url).toBe(owner.url);
    await addNote(heir, 1);
    signalProcess(pids[0]!, 'SIGKILL');
    await until(() => heir.state === 'restarting');
    await until(() => heir.state === 'ready');
    expect(await noteIds(heir)).toEqual([1]);
    await heir.stop();
    expect(bench.enginePids()).toEqual([]);
  });

  it('starts again when owner and engine were killed', async () => {
    const first = await bench.open();
    await addNote(first, 1);
    await first.stop();
    const owner = await bench.hold();
    owner.child.kill('SIGKILL');
    await owner.exited;
    for (const pid of bench.enginePids()) signalProcess(pid, 'SIGKILL');
    const heir = await bench.open();
    expect(await noteIds(heir)).toEqual([1]);
  });

  it('lets a guest take over when the owner is killed', async () => {
    const owner = await bench.hold();
    const guest = await bench.open();
    await addNote(guest, 1);
    owner.child.kill('SIGKILL');
    for (const pid of bench.enginePids()) signalProcess(pid, 'SIGKILL');
    await until(() => guest.state === 'restarting');
    await until(() => guest.state === 'ready');
    expect(guest.url).toBe(owner.url);
    expect(await noteIds(guest)).toEqual([1]);
    await guest.stop();
    expect(bench.enginePids()).toEqual([]);
  });

  it.each([
    ['ends without stopping it', 'SIGUSR2', 3],
    ['is ended by a signal it does not handle', 'SIGINT', 130],
  ] as const)('stops the engine when its owner %s', async (_, signal, code) => {
    const owner = await bench.hold();
    owner.child.kill(signal);
    expect(await owner.exited).toEqual([code, null]);
    await until(() => bench.enginePids().length === 0);
  });

  it.each([
    ['unreadable', 'not JSON'],
    ['of another process', JSON.stringify({ pid: 1, startedAt: 'x', port: 23456, startedBy: 1 })],
  ])('never runs two engines on one folder when engine.json is %s', async (_, record) => {
    const owner = await bench.hold();
    owner.child.kill('SIGKILL');
    await owner.exited;
    writeFileSync(join(bench.dataDir(), 'engine', 'engine.json'), record);
    const heir = await bench.open();
    expect(bench.enginePids()).toHaveLength(1);
    await addNote(heir, 1);
    expect(await noteIds(heir)).toEqual([1]);
  });

  it('tells guests that the engine went and came back', async () => {
    const owner = await bench.hold();
    const guest = await bench.open();
    owner.child.kill('SIGSTOP');
    for (const pid of bench.enginePids()) signalProcess(pid, 'SIGKILL');
    await until(() => guest.state === 'restarting');
    owner.child.kill('SIGCONT');
    await until(() => guest.state === 'ready');
    expect((await fetch(`${guest.url}/health`)).status).toBe(200);
  });
});
