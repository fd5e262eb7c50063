import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadGazetteer } from '../../../config/gazetteer.ts';
import { createAnnotators } from '../../../indexer/annotators/annotators.ts';
import { loadContinuationModel } from '../../../indexer/articles/continuation-model.ts';
import type { Finding } from '../../../indexer/core/finding.ts';
import { createPagePreparer } from '../../../indexer/ingest/prepare-page.ts';
import { startFileIntake } from '../../../indexer/ingest/file-intake.ts';
import type { Page } from '../../../indexer/readers/page.ts';
import { allArticles } from '../../../indexer/store/articles.ts';
import type { Store } from '../../../indexer/store/database.ts';
import { openStore } from '../../../indexer/store/database.ts';
import { temporaryFolder } from '../../service-for-tests.ts';

const preparePage = createPagePreparer(loadContinuationModel(), createAnnotators(loadGazetteer()));

let folder: string;
let store: Store;
beforeEach(() => {
  folder = temporaryFolder();
  store = openStore(folder);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const page = (title: string): Page => ({
  type: 'page',
  file: 'a.jsonl',
  place: '',
  layout: 'story',
  text: `${title}的正文，写在一段里。`,
  metadata: { title, dates: [] },
});

async function takeIn(titles: readonly string[], findings: readonly Finding[] = []) {
  const intake = await startFileIntake(store, '/in/a.jsonl');
  const isNew = (one: Page) => intake.keepIfStored(one) === null;
  await intake.add(titles.map(page).filter(isNew).map(preparePage));
  return intake.finish('fingerprint', 9, findings);
}

const stored = () => new Map([...allArticles(store)].map(({ title, id }) => [title, id]));

const cutOff = (place: string, isRestUnread?: boolean): Finding => ({
  type: 'finding',
  severity: 'rejected',
  file: '/in/a.jsonl',
  place,
  ...(isRestUnread === undefined ? {} : { isRestUnread }),
  reason: '读了 30 秒没有进展',
  remedy: '拆成几个较小的文件',
});

it.each([
  ['was ended in the middle', cutOff('第 2 行之后', true)],
  ['could not be read on', cutOff('')],
])('a file that %s loses nothing of what was read before', async (_, finding) => {
  await takeIn(['甲', '乙', '丙']);
  const before = stored();
  await takeIn(['甲', '丁'], [finding]);
  expect(new Set(stored().keys())).toEqual(new Set(['甲', '乙', '丙', '丁']));
  for (const [title, id] of before) expect(stored().get(title)).toBe(id);
  // Read to its end again, what is gone goes.
  await takeIn(['甲', '丁']);
  expect(new Set(stored().keys())).toEqual(new Set(['甲', '丁']));
});

it('a file with one bad record is read to its end', async () => {
  await takeIn(['甲', '乙']);
  await takeIn(['甲'], [cutOff('第 2 行')]);
  expect(new Set(stored().keys())).toEqual(new Set(['甲']));
});
