import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConverterFactory } from 'opencc-js/core';
import * as openCC from 'opencc-js/preset/t2cn';
import { z } from 'zod';
import { seededRandom } from '../jumbled-pages.ts';
import {
  type BenchArticle,
  type Collection,
  openCollection,
  writeCollection,
} from './collection.ts';
import { type CorpusItem, corpusArchives, readCorpus } from './corpus-items.ts';
import { topKeywords } from './keywords.ts';
import { readQuestionSet } from './question-sets.ts';
import { shuffled } from './shuffled.ts';

export const TASK_NAMES = ['T1', 'T2', 'T2b', 'T3', 'T4a', 'T4b'] as const;
export type TaskName = (typeof TASK_NAMES)[number];

export interface TaskQuery {
  readonly text: string;
  /** The id of the one right article. */
  readonly relevant: string;
}

export interface Task {
  readonly name: TaskName;
  readonly collection: Collection;
  /** Shuffled: the first n are a fair sample. */
  readonly queries: readonly TaskQuery[];
}

export interface TaskOptions {
  /** The folder with `relevance` and `corpus`. */
  readonly shared: string;
  /** Where made tasks are kept and found again. */
  readonly cache: string;
  /** Corpus items beside the question sets. */
  readonly distractors: number;
  /** Corpus items for T3 and T4. */
  readonly stories: number;
  readonly seed: number;
}

/** To be raised when the same sources and options would make other tasks than before. */
export const TASKS_VERSION = 2;

const NEUTRAL_TITLE = '无题';
const SHORTEST_HEADLINE = 8;

const querySchema = z.object({ text: z.string(), relevant: z.string() });
const queriesSchema = z.partialRecord(z.enum(TASK_NAMES), z.array(querySchema));
type Queries = z.infer<typeof queriesSchema>;

/** Returns the tasks of `shared/relevance/README.md`, from the cache or made anew. */
export async function prepareTasks(options: TaskOptions): Promise<Task[]> {
  const sources = {
    simplified: join(options.shared, 'relevance', 'cmrc2018_trial.json'),
    traditional: join(options.shared, 'relevance', 'DRCD_dev.json'),
    archives: await corpusArchives(join(options.shared, 'corpus')),
  };
  const { distractors, stories, seed } = options;
  const hash = createHash('sha256').update(
    JSON.stringify([TASKS_VERSION, distractors, stories, seed]),
  );
  for (const file of [sources.simplified, sources.traditional, ...sources.archives])
    hash.update(await readFile(file));
  const folder = join(options.cache, `tasks-${hash.digest('hex').slice(0, 16)}`);
  const questions = join(folder, 'questions.jsonl');
  const news = join(folder, 'stories.jsonl');
  const queriesFile = join(folder, 'queries.json');
  if (!existsSync(queriesFile)) {
    await mkdir(folder, { recursive: true });
    const items = await readCorpus(sources.archives);
    const random = seededRandom(seed);
    const asked = await makeQuestions(sources, shuffled(items, random).slice(0, distractors));
    const told = makeStories(shuffled(items, random).slice(0, stories));
    await writeCollection(questions, asked.articles);
    await writeCollection(news, told.articles);
    const queries: Queries = { ...asked.queries, ...told.queries };
    // Each with a sequence of its own, so that a change to one task leaves the samples of the others alone.
    for (const [index, name] of TASK_NAMES.entries())
      queries[name] = shuffled(queries[name] ?? [], seededRandom(seed + index));
    // Written last: it says that the rest is there.
    await writeFile(`${queriesFile}.tmp`, JSON.stringify(queries));
    await rename(`${queriesFile}.tmp`, queriesFile);
  }
  const queries = queriesSchema.parse(JSON.parse(await readFile(queriesFile, 'utf8')));
  const collections = {
    questions: await openCollection('questions', questions),
    stories: await openCollection('stories', news),
  };
  return TASK_NAMES.map((name) => ({
    name,
    collection:
      name === 'T3' || name.startsWith('T4') ? collections.stories : collections.questions,
    queries: queries[name] ?? [],
  }));
}

interface Made {
  readonly articles: readonly BenchArticle[];
  readonly queries: Queries;
}

async function makeQuestions(
  sources: { readonly simplified: string; readonly traditional: string },
  distractors: readonly CorpusItem[],
): Promise<Made> {
  const simplified = await readQuestionSet(sources.simplified);
  const traditional = await readQuestionSet(sources.traditional);
  // OpenCC as it comes: our own conversion is under test.
  const toSimplified = ConverterFactory(openCC.to['cn'] ?? []);
  const article = (id: string, text: string) => ({ id, title: NEUTRAL_TITLE, text });
  const asIs = traditional.flatMap(({ questions }, index) =>
    questions.map((text) => ({ text, relevant: `t-${index}` })),
  );
  return {
    articles: [
      ...simplified.map(({ text }, index) => article(`s-${index}`, text)),
      ...traditional.map(({ text }, index) => article(`t-${index}`, text)),
      ...distractors.map(({ id, text }) => article(id, text)),
    ],
    queries: {
      T1: simplified.flatMap(({ questions }, index) =>
        questions.map((text) => ({ text, relevant: `s-${index}` })),
      ),
      T2: asIs.map(({ text, relevant }) => ({ text: toSimplified(text), relevant })),
      T2b: asIs,
    },
  };
}

function makeStories(items: readonly CorpusItem[]): Made {
  const headlines = items.map(({ headline }) => headline.replace(/【[^】]{0,100}】/g, '').trim());
  const times = new Map<string, number>();
  for (const headline of headlines) times.set(headline, (times.get(headline) ?? 0) + 1);
  const pairs = topKeywords(
    items.map(({ text }) => text),
    2,
  ).flatMap((words, index) => (words.length === 2 ? [{ words, relevant: items[index]!.id }] : []));
  return {
    articles: items.map(({ id, date, text }) => ({ id, title: NEUTRAL_TITLE, text, date })),
    queries: {
      T3: headlines.flatMap((text, index) =>
        text.length >= SHORTEST_HEADLINE && times.get(text) === 1
          ? [{ text, relevant: items[index]!.id }]
          : [],
      ),
      T4a: pairs.map(({ words, relevant }) => ({ text: words.join(' '), relevant })),
      T4b: pairs.map(({ words, relevant }) => ({ text: words.join(''), relevant })),
    },
  };
}
