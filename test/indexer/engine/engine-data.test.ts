import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { masterClient } from '../../../indexer/engine/engine.ts';
import { suspectsCorruption } from '../../../indexer/engine/engine-error.ts';
import type { EngineEvent } from '../../../indexer/engine/engine-supervisor.ts';
import { signalProcess } from '../../../indexer/engine/process-identity.ts';
import { addNote, CAN_START_ENGINE, noteIds, setUpEngineBench, until } from './engine-bench.ts';

describe.runIf(CAN_START_ENGINE)('data that the engine cannot use', () => {
  const bench = setUpEngineBench();
  const path = (...names: string[]) => join(bench.dataDir(), 'engine', ...names);
  const movedAside = () => readdirSync(path()).filter((name) => name.startsWith('meili.old-'));

  async function fillAndStop() {
    const engine = await bench.open();
    await addNote(engine, 1);
    await engine.stop();
    return engine;
  }

  async function assertStartsEmpty() {
    const engine = await bench.open();
    expect(engine.freshIndex).toBe(true);
    expect((await masterClient(engine).getIndexes()).results).toEqual([]);
    await addNote(engine, 2);
    expect(await noteIds(engine)).toEqual([2]);
    return engine;
  }

  it.each(['1.20.0', '1.99.3'])(
    'moves data of version %s aside and starts empty',
    async (version) => {
      await fillAndStop();
      writeFileSync(path('meili', 'VERSION'), version);
      await assertStartsEmpty();
      expect(movedAside()).toEqual([
        expect.stringMatching(new RegExp(`^meili\\.old-${version}-\\d{8}T\\d{9}Z$`)),
      ]);
      expect(bench.messages().join()).toContain(`数据是 ${version} 版写的`);
      expect(bench.messages().join()).toContain('文章库');
    },
  );

  it('moves data that do not tell their version aside', async () => {
    await fillAndStop();
    rmSync(path('meili', 'VERSION'));
    await assertStartsEmpty();
    expect(movedAside()).toEqual([expect.stringContaining('meili.old-unknown-')]);
  });

  it.each(['tasks', 'auth'])('moves damaged %s aside', async (part) => {
    await fillAndStop();
    const file = path('meili', part, 'data.mdb');
    writeFileSync(file, readFileSync(file).fill(0xab, 0, 16_384));
    await assertStartsEmpty();
    expect(bench.messages().join()).toContain('数据已损坏');
  });

  it('keeps only the latest of the data moved aside', async () => {
    for (const version of ['1.18.0', '1.19.0']) {
      await fillAndStop();
      writeFileSync(path('meili', 'VERSION'), version);
    }
    await assertStartsEmpty();
    expect(movedAside()).toEqual([expect.stringContaining('1.19.0')]);
  });

  it('blames the data when the engine dies of them again and again', async () => {
    await fillAndStop();
    const [index = ''] = readdirSync(path('meili', 'indexes'));
    truncateSync(path('meili', 'indexes', index, 'data.mdb'), 8_192);
    const engine = await bench.open();
    const events: EngineEvent[] = [];
    engine.onEvent((event) => events.push(event));
    const client = masterClient(engine);
    await until(async () => {
      await client
        .index('notes')
        .getDocuments()
        .catch(() => undefined);
      return events.some(({ type }) => type === 'index-lost');
    });
    expect(events.filter(({ type }) => type === 'restarting').length).toBeLessThanOrEqual(4);
    await until(() => engine.state === 'ready');
    await addNote(engine, 2);
    expect(await noteIds(engine)).toEqual([2]);
  });

  it('recognises a damaged index and discards it on request, for all who use it', async () => {
    await fillAndStop();
    const [index = ''] = readdirSync(path('meili', 'indexes'));
    const file = path('meili', 'indexes', index, 'data.mdb');
    writeFileSync(file, readFileSync(file).fill(0xab, 0, 8_192));
    const leader = await bench.open();
    const follower = await bench.open();
    const lost: string[] = [];
    leader.onEvent(({ type }) => type === 'index-lost' && lost.push('leader'));
    follower.onEvent(({ type }) => type === 'index-lost' && lost.push('follower'));
    const failure: unknown = await masterClient(leader)
      .index('notes')
      .search('')
      .catch((error: unknown) => error);
    expect(suspectsCorruption(failure)).toBe(true);
    await follower.discardData('索引文件损坏');
    expect(existsSync(path('discard-data'))).toBe(false);
    await until(() => lost.length === 2);
    await addNote(follower, 2);
    expect(await noteIds(leader)).toEqual([2]);
    expect(bench.messages().join()).toContain('索引文件损坏，已移到');
  });

  it('discards at the next start what it was killed before discarding', async () => {
    const engine = await bench.open();
    await addNote(engine, 1);
    await engine.stop();
    const holder = await bench.hold();
    holder.child.kill('SIGKILL');
    await holder.exited;
    writeFileSync(path('discard-data'), '上次要求清空');
    await assertStartsEmpty();
    for (const pid of bench.enginePids()) signalProcess(pid, 'SIGKILL');
  });
});
