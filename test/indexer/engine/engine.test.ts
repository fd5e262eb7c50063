import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { masterClient } from '../../../indexer/engine/engine.ts';
import type { EngineEvent } from '../../../indexer/engine/engine-supervisor.ts';
import { signalProcess } from '../../../indexer/engine/process-identity.ts';
import { addNote, CAN_START_ENGINE, noteIds, setUpEngineBench, until } from './engine-bench.ts';

describe.runIf(CAN_START_ENGINE)('openEngine with our own engine', () => {
  const bench = setUpEngineBench();

  it('starts an empty engine that answers', async () => {
    const engine = await bench.open();
    expect(engine).toMatchObject({ owned: true, freshIndex: true, state: 'ready' });
    expect(engine.version).toMatch(/^1\.\d+\.\d+$/);
    await addNote(engine, 1);
    expect(await noteIds(engine)).toEqual([1]);
  });

  it('keeps the master key in a file for its owner only and off the command line', async () => {
    const engine = await bench.open();
    const keyFile = join(bench.dataDir(), 'engine', 'master-key');
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(keyFile, 'utf8').trim()).toBe(engine.masterKey);
    expect(engine.masterKey!.length).toBeGreaterThanOrEqual(32);
    const [pid] = bench.enginePids();
    if (process.platform === 'linux')
      expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(engine.masterKey);
    const log = readFileSync(join(bench.dataDir(), 'engine', 'engine.log'), 'utf8');
    expect(log).not.toContain(engine.masterKey);
  });

  it('listens on loopback only and refuses requests without a key', async () => {
    const engine = await bench.open();
    const { port } = new URL(engine.url);
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outside)
      await expect(fetch(`http://${address}:${port}/health`)).rejects.toThrow('fetch failed');
    expect((await fetch(`${engine.url}/indexes`)).status).toBe(401);
  });

  it('keeps its data over a stop, and stopping leaves no process', async () => {
    const first = await bench.open();
    await addNote(first, 1);
    await first.stop();
    expect(first.state).toBe('stopped');
    expect(bench.enginePids()).toEqual([]);
    const second = await bench.open();
    expect(second.freshIndex).toBe(false);
    expect(await noteIds(second)).toEqual([1]);
  });

  it('may be stopped twice', async () => {
    const engine = await bench.open();
    await Promise.all([engine.stop(), engine.stop()]);
    await engine.stop();
    expect(bench.enginePids()).toEqual([]);
  });

  it('comes back on the same url with the same data after kill -9 of the engine', async () => {
    const engine = await bench.open();
    await addNote(engine, 1);
    const events: EngineEvent[] = [];
    engine.onEvent((event) => events.push(event));
    const [pid] = bench.enginePids();
    signalProcess(pid!, 'SIGKILL');
    await until(() => events.length === 2);
    expect(events.map(({ type }) => type)).toEqual(['restarting', 'ready']);
    expect(bench.enginePids()).not.toContain(pid);
    expect(await noteIds(engine)).toEqual([1]);
  });

  it('stops while the engine is being restarted', async () => {
    const engine = await bench.open();
    signalProcess(bench.enginePids()[0]!, 'SIGKILL');
    await until(() => engine.state === 'restarting');
    await engine.stop();
    expect(bench.enginePids()).toEqual([]);
  });

  it('ignores MEILI_ variables that would change how the engine runs', async () => {
    process.env['MEILI_DB_PATH'] = join(bench.dataDir(), 'elsewhere');
    process.env['MEILI_NO_ANALYTICS'] = 'not a boolean';
    try {
      const engine = await bench.open();
      expect(await masterClient(engine).isHealthy()).toBe(true);
    } finally {
      delete process.env['MEILI_DB_PATH'];
      delete process.env['MEILI_NO_ANALYTICS'];
    }
  });

  it('says that MEILI_MASTER_KEY without MEILI_URL does nothing', async () => {
    const engine = await bench.open({ meiliMasterKey: 'a key of no use here' });
    expect(engine.masterKey).not.toBe('a key of no use here');
    expect(bench.messages().join()).toContain('MEILI_MASTER_KEY 不起作用');
  });

  it('makes a new key when the key file is lost, and keeps the data', async () => {
    const first = await bench.open();
    await addNote(first, 1);
    await first.stop();
    writeFileSync(join(bench.dataDir(), 'engine', 'master-key'), '');
    const second = await bench.open();
    expect(second.masterKey).not.toBe(first.masterKey);
    expect(await noteIds(second)).toEqual([1]);
  });

  it('names the folder when DATA_DIR cannot be used', async () => {
    const file = join(bench.dataDir(), 'file');
    writeFileSync(file, '');
    await expect(bench.open({ dataDir: file })).rejects.toMatchObject({
      kind: 'data-dir',
      message: expect.stringMatching(/file.*无法使用.*DATA_DIR/) as string,
    });
  });
});
