import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  annotateWhenFree,
  areAnnotationsCurrent,
  bringAnnotationsUpToDate,
} from '../../../indexer/ingest/annotation-upkeep.ts';
import { INGEST_LOCK, ingestFiles } from '../../../indexer/ingest/ingest-files.ts';
import { allArticles } from '../../../indexer/store/articles.ts';
import { latestSeq } from '../../../indexer/store/changes.ts';
import { openStore, type Store } from '../../../indexer/store/database.ts';
import { tryLock } from '../../../indexer/core/process-lock.ts';
import type { StoredArticle } from '../../../indexer/store/stored-article.ts';
import {
  createIngestPipeline,
  type IngestPipeline,
} from '../../../indexer/ingest/ingest-pipeline.ts';
import { temporaryFolder } from '../../service-for-tests.ts';
import { copyWordLists, editWordList, parkLine } from '../../word-lists-for-tests.ts';

const PARK = 'guiyang-gaoxinqu';
const folder = temporaryFolder();
let store: Store;

beforeAll(() => {
  store = openStore(folder);
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const upkeep = (pipeline: IngestPipeline) => ({ pipeline, dataDir: folder, say: () => undefined });
const stored = () => new Map([...allArticles(store)].map((article) => [article.id, article]));
const annotations = ({ parks, details }: StoredArticle) => ({ parks, keywords: details.keywords });

describe('bringing annotations up to date', () => {
  const lists = join(folder, 'lists');
  const whole = createIngestPipeline();
  copyWordLists(lists);
  editWordList(lists, 'parks/parks.jsonl', (content) => content.replace(parkLine(PARK), ''));
  const lacking = createIngestPipeline({ wordLists: lists });

  it('has nothing to do in an empty store', async () => {
    expect(areAnnotationsCurrent(store, whole)).toBe(false);
    await bringAnnotationsUpToDate(store, upkeep(whole));
    expect(areAnnotationsCurrent(store, whole)).toBe(true);
    expect(areAnnotationsCurrent(store, lacking)).toBe(false);
  });

  it('writes the articles that a changed gazetteer affects, and no other', async () => {
    await ingestFiles(['config/sample-corpus'], { store, preparePage: whole.preparePage });
    const before = stored();
    const seq = latestSeq(store);
    await bringAnnotationsUpToDate(store, upkeep(lacking));
    const changed = [...stored().values()].filter(({ changedSeq }) => changedSeq > seq);
    const affected = [...before.values()].filter(({ parks }) =>
      parks.some(({ id }) => id === PARK),
    );
    expect(affected.length).toBeGreaterThan(0);
    expect(changed.length).toBeLessThan(before.size);
    for (const { id } of affected) expect(changed.map((article) => article.id)).toContain(id);
    for (const { parks } of changed) expect(parks.map(({ id }) => id)).not.toContain(PARK);
  });

  it('leaves every article as taking it in with that gazetteer would', async () => {
    const other = openStore(join(folder, 'anew'));
    await ingestFiles(['config/sample-corpus'], { store: other, preparePage: lacking.preparePage });
    const anew = new Map([...allArticles(other)].map((article) => [article.id, article]));
    for (const [id, article] of stored())
      expect(annotations(article)).toEqual(annotations(anew.get(id)!));
    const hashes = (of: Store) =>
      of.prepare('SELECT id, content_hash FROM articles ORDER BY id').all();
    expect(hashes(store)).toEqual(hashes(other));
    other.close();
  });

  it('waits until nobody takes articles in', async () => {
    const lock = tryLock(folder, INGEST_LOCK)!;
    expect(await annotateWhenFree(store, upkeep(whole))).toBe(false);
    expect(areAnnotationsCurrent(store, whole)).toBe(false);
    lock.release();
    expect(await annotateWhenFree(store, upkeep(whole))).toBe(true);
    expect(areAnnotationsCurrent(store, whole)).toBe(true);
    expect([...stored().values()].some(({ parks }) => parks.some(({ id }) => id === PARK))).toBe(
      true,
    );
  });
});
