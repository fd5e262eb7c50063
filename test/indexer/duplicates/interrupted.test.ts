import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { groupDuplicates } from '../../../indexer/duplicates/group-duplicates.ts';
import { readProgress } from '../../../indexer/duplicates/pending-changes.ts';
import { latestSeq } from '../../../indexer/store/changes.ts';
import type { Store } from '../../../indexer/store/database.ts';
import { openStore, openStoreReader } from '../../../indexer/store/database.ts';
import { exited, trackProcesses } from '../../service-process.ts';
import { grouping } from './article-rows.ts';
import { appointments } from './invented-text.ts';

const processes = trackProcesses();
const dataDir = mkdtempSync(join(tmpdir(), 'interrupted-'));
afterAll(async () => {
  await processes.end();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Whether the process has made its store and taken in the first batch. */
function hasBegun(): boolean {
  if (!existsSync(join(dataDir, 'articles.sqlite'))) return false;
  const store = openStoreReader(dataDir);
  try {
    return store.pragma('user_version', { simple: true }) !== 0 && countMembers(store) > 0;
  } finally {
    store.close();
  }
}

it('npm run index ends on SIGTERM among its comparisons, and goes on when run again', async () => {
  const [file, source] = [join(dataDir, 'source', 'crowd.jsonl'), join(dataDir, 'source')];
  mkdirSync(source);
  const texts = appointments(4000);
  const copies = [5, 3990].map((at) => texts[at]!.replace('认真', '仔细'));
  writeFileSync(
    file,
    [...texts, ...copies]
      .map((text, at) => JSON.stringify({ id: `n${at}`, title: '任免通知', text }))
      .join('\n'),
  );
  const run = () => processes.run('indexer/cli.ts', ['index', file], { DATA_DIR: dataDir });

  const first = run();
  while (!hasBegun()) await sleep(20);
  first.child.kill('SIGTERM');
  expect(await exited(first.child)).toBe(143);
  const store = openStore(dataDir);
  expect(readProgress(store)).toBeLessThan(latestSeq(store));
  expect(countMembers(store)).toBeLessThan(4002);

  expect(await exited(run().child)).toBe(0);
  expect(countMembers(store)).toBe(4002);
  expect(grouping(store)).toEqual({ n4000: 'n5', n4001: 'n3990' });
  expect((await groupDuplicates(store)).changed).toBe(0);
  store.close();
});

function countMembers(store: Store): number {
  return store
    .prepare<[], { count: number }>('SELECT count(*) AS count FROM duplicate_members')
    .get()!.count;
}
