import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingestFiles } from '../../../indexer/ingest/ingest-files.ts';
import { keepGrams } from '../../../indexer/store/article-grams.ts';
import { allArticles } from '../../../indexer/store/articles.ts';
import type { Store } from '../../../indexer/store/database.ts';
import { openStore } from '../../../indexer/store/database.ts';
import { createIngestPipeline } from '../../../indexer/ingest/ingest-pipeline.ts';
import type { TextLiteral } from '../../../server/search/clause.ts';
import { textKey } from '../../../server/search/clause.ts';
import { exactPhraseSearch } from '../../../server/search/exact-phrases.ts';
import type { VerificationLimits } from '../../../server/search/verification-budget.ts';
import {
  FOR_PEOPLE,
  VerificationBusyError,
  withVerificationBudget,
} from '../../../server/search/verification-budget.ts';
import { temporaryFolder } from '../../service-for-tests.ts';
import { roundsOf } from '../../indexer/rounds-of.ts';

const ARTICLES = 60;
const UID = 'articles';

let folder: string;
let store: Store;
let find: ReturnType<typeof exactPhraseSearch>;
beforeAll(async () => {
  folder = temporaryFolder();
  store = openStore(folder);
  const file = join(folder, 'articles.jsonl');
  const long = `${'园区後續發展，'.repeat(100_000)}收尾，。！`;
  const texts = Array.from({ length: ARTICLES - 1 }, (_, at) => `园区第${at}期开工，。、投产`);
  const lines = [...texts, long].map((text, at) =>
    JSON.stringify({ id: `a${at}`, title: `第${at}篇`, text }),
  );
  writeFileSync(file, lines.join('\n'));
  const { preparePage, buildDocument } = createIngestPipeline();
  const { rejections } = await ingestFiles([file], { store, preparePage });
  expect(rejections).toEqual([]);
  const short = [...allArticles(store)].slice(0, -1).map(buildDocument);
  const grams = short.map(({ grams, ranking }) => ({ doc: ranking.doc, grams }));
  store.transaction(() => keepGrams(store, grams)).immediate();
  find = exactPhraseSearch(store);
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const phrase = (text: string): TextLiteral => ({ type: 'phrase', text, titleOnly: false });

async function look(
  asked: { wanted?: readonly string[]; unwanted?: readonly string[]; signal?: AbortSignal },
  limits: Partial<VerificationLimits> = {},
) {
  return withVerificationBudget({ ...FOR_PEOPLE, texts: 1_000, ...limits }, async (budget) => {
    const found = await find(
      UID,
      { wanted: (asked.wanted ?? []).map(phrase), unwanted: (asked.unwanted ?? []).map(phrase) },
      asked.signal,
    );
    return { texts: budget.texts, of: (text: string) => found.get(textKey(phrase(text)))! };
  });
}

describe('texts that stand somewhere', () => {
  it('are looked for in each article once, however many they are', async () => {
    const wanted = Array.from({ length: 20 }, (_, at) => `，。${'、'.repeat(at)}`);
    const unwanted = ['。、，', '！？'];
    const { texts, of } = await look({ wanted, unwanted });
    expect(texts).toBe(ARTICLES);
    expect(of('，。').docs).toHaveLength(ARTICLES);
    expect(of('，。、').docs).toHaveLength(ARTICLES - 1);
    expect(of('！？')).toEqual({ docs: [], isWhole: true });
  });

  it('say what is not whole when there are more articles than may be looked into', async () => {
    const { texts, of } = await look(
      { wanted: ['，。、投', '，，'], unwanted: ['第3期开工'] },
      { texts: 10 },
    );
    expect(texts).toBe(10);
    // What is excluded first, or the rest would be wrong.
    expect(of('第3期开工')).toMatchObject({ isWhole: true, docs: { length: 1 } });
    expect(of('，，').isWhole).toBe(false);
    const again = await look({ wanted: ['，，'] });
    expect(again.of('，，')).toEqual({ docs: [], isWhole: true });
  });

  it('have one budget for all that a request asks', async () => {
    const limits = { ...FOR_PEOPLE, texts: 100 };
    await withVerificationBudget(limits, async (budget) => {
      const ask = (text: string) => find(UID, { wanted: [phrase(text)], unwanted: [] });
      await Promise.all(['！', '！！', '！！！', '！！！！'].map(ask));
      expect(budget.texts).toBe(100);
    });
  });

  it('are found in one long text in many turns of the event loop', async () => {
    expect(await roundsOf(look({ wanted: [',。!'] }))).toBeGreaterThan(5);
    expect((await look({ wanted: [',。!'] })).of(',。!').docs).toHaveLength(1);
  });

  it('are not looked for any more when all who asked have left', async () => {
    const leaving = new AbortController();
    const looking = look({ wanted: ['、、、、'], signal: leaving.signal });
    leaving.abort(new Error('gone'));
    await expect(looking).rejects.toThrow('gone');
  });

  it('are not looked for when it would take too long to come to it', async () => {
    await expect(look({ wanted: ['……'] }, { patience: -1 })).rejects.toThrow(VerificationBusyError);
  });
});
