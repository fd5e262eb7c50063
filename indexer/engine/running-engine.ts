import { setTimeout as sleep } from 'node:timers/promises';
import { discardRequest, hasSpace, requestDiscard } from './engine-database.ts';
import { EngineError } from './engine-error.ts';
import type { EngineFolder } from './engine-folder.ts';
import { readKey, readRecord } from './engine-folder.ts';
import { askVersion } from './engine-health.ts';
import { engineUrl, stopProcess } from './engine-process.ts';
import { isRunning } from './process-identity.ts';

/** What one must know of our engine to use it. */
export interface RunningEngine {
  readonly port: number;
  readonly version: string;
  readonly masterKey: string;
}

const DISCARD_LIMIT = 60_000;

/** The engine that another process looks after, when it answers. */
export async function findRunning(folder: EngineFolder): Promise<RunningEngine | null> {
  const record = readRecord(folder);
  const masterKey = readKey(folder);
  if (record === null || masterKey === null || !isRunning(record)) return null;
  const { port } = record;
  const answer = await askVersion(engineUrl(port), masterKey, 2_000);
  if (answer.type !== 'version') return null;
  return { port, version: answer.version, masterKey };
}

/**
 * Has the data moved aside and the engine started empty, by whichever process looks after it; returns
 * when it answers again. Events tell all processes that the index is lost.
 * @throws EngineError `busy` when that takes longer than a minute, `data-dir` when the disk is full, which
 * looks like damaged data.
 */
export async function discardEngineData(folder: EngineFolder, reason: string): Promise<void> {
  if (!hasSpace(folder))
    throw new EngineError(
      'data-dir',
      `磁盘已满或配额用完，检索引擎写不进数据（${folder.root}）。请腾出空间，之后会自动恢复。`,
    );
  requestDiscard(folder, reason);
  const record = readRecord(folder);
  if (record !== null) await stopProcess({ identity: record });
  const deadline = Date.now() + DISCARD_LIMIT;
  while (discardRequest(folder) !== null || (await findRunning(folder)) === null) {
    if (Date.now() > deadline)
      throw new EngineError(
        'busy',
        `检索引擎的数据清空后没有及时重新启动，详见 ${folder.logFile}。`,
      );
    await sleep(100);
  }
}
