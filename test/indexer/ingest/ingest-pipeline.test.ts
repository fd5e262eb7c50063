import { appendFileSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { WORD_LIST_FOLDER } from '../../../config/word-list-files.ts';
import {
  createIngestPipeline,
  renewIngestPipeline,
} from '../../../indexer/ingest/ingest-pipeline.ts';
import { temporaryFolder } from '../../service-for-tests.ts';

const wordLists = temporaryFolder();
afterAll(() => rmSync(wordLists, { recursive: true }));

const wordsIn = (pipeline: {
  readonly analyzer: ReturnType<typeof createIngestPipeline>['analyzer'];
}) => pipeline.analyzer.analyze('量子星云谷开园').map(({ text }) => text);

it('an edited dictionary is compiled while others have their turns', async () => {
  cpSync(WORD_LIST_FOLDER, wordLists, { recursive: true });
  const former = createIngestPipeline({ wordLists });
  expect(wordsIn(former)).not.toContain('量子星云谷');
  appendFileSync(join(wordLists, 'user-dictionary.txt'), '\n量子星云谷\n');
  let turns = 0;
  const counting = setInterval(() => (turns += 1), 1);
  const renewed = await renewIngestPipeline({ wordLists }, former);
  clearInterval(counting);
  // Reading the lists takes one turn, and all else would take one more.
  expect(turns).toBeGreaterThan(10);
  expect(wordsIn(renewed)).toContain('量子星云谷');
  expect(renewed.fingerprint).not.toBe(former.fingerprint);
});

it('an edited list that changes no word keeps the analyzer', async () => {
  const former = createIngestPipeline({ wordLists });
  appendFileSync(join(wordLists, 'synonyms.txt'), '\n');
  expect((await renewIngestPipeline({ wordLists }, former)).analyzer).toBe(former.analyzer);
});
