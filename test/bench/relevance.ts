/**
 * Quality of the first page, of our service and of others on the same articles:
 * `npm run bench:relevance -- [--tasks T1,T3] [--systems ours,fts] [--sample 200] [--distractors 1000]
 * [--stories 1000] [--cache DIR] [--out FILE] [--misses 10]`
 *
 * With `--cache` collections and indexes are kept, and a second run only asks.
 */
import { existsSync } from 'node:fs';
import { withCacheFolder } from './relevance/cache-folder.ts';
import { articlesOf } from './relevance/collection.ts';
import { type BenchOptions, readOptions } from './relevance/options.ts';
import { compareWithOthers, findFalls, formatTable } from './relevance/report.ts';
import {
  appendResults,
  describeMachine,
  readResults,
  type ResultsEntry,
} from './relevance/results-file.ts';
import { type Miss, runTask, type TaskResult } from './relevance/run-task.ts';
import { ours } from './relevance/systems/our-service.ts';
import { systems } from './relevance/systems/systems.ts';
import { prepareTasks, type Task, TASKS_VERSION } from './relevance/tasks.ts';

const options = readOptions(
  process.argv.slice(2),
  systems.map(({ name }) => name),
);
if (existsSync(options.shared))
  await withCacheFolder(options.cache, (cache) => bench(options, cache));
else print(`${options.shared} is not there: nothing to measure`);

async function bench(asked: BenchOptions, cache: string): Promise<void> {
  const all = await prepareTasks({ ...asked, cache });
  const tasks = all
    .filter(({ name }) => asked.tasks.includes(name))
    .map((task) => ({ ...task, queries: task.queries.slice(0, asked.sample) }));
  const { results, misses } = await askAll(tasks, asked, cache);
  results.sort(
    (a, b) =>
      asked.tasks.findIndex((name) => name === a.task) -
      asked.tasks.findIndex((name) => name === b.task),
  );
  const { sample, distractors, stories, seed } = asked;
  const entry: ResultsEntry = {
    date: new Date().toISOString(),
    machine: describeMachine(),
    conditions: { version: TASKS_VERSION, sample, distractors, stories, seed },
    sizes: await sizesOf(tasks),
    results,
  };
  for (const line of formatTable(results)) print(line);
  print(`articles: ${JSON.stringify(entry.sizes)}; ${entry.machine.cores} cores, one client, warm`);
  for (const line of compareWithOthers(results, ours.name)) print(line);
  for (const line of misses) print(line);
  if (asked.out === undefined) return;
  for (const line of findFalls(entry, readResults(asked.out))) print(line);
  appendResults(asked.out, entry);
  print(`kept in ${asked.out}`);
}

/** One system at a time, so that none slows another down. */
async function askAll(tasks: readonly Task[], asked: BenchOptions, cache: string) {
  const results: TaskResult[] = [];
  const misses: string[] = [];
  const collections = new Map(tasks.map(({ collection }) => [collection.hash, collection]));
  for (const collection of collections.values()) {
    for (const system of systems.filter(({ name }) => asked.systems.includes(name))) {
      const started = performance.now();
      const open = await system.open(collection, cache);
      try {
        tell(`${collection.name}: ${system.name} opened in ${seconds(started)}`);
        for (const task of tasks.filter((one) => one.collection.hash === collection.hash)) {
          const run = await runTask(open, system.name, task);
          results.push(run.result);
          if (system === ours) misses.push(...formatMisses(task.name, run.misses, asked.misses));
          tell(`${task.name}: ${system.name} MRR ${run.result.mrr.toFixed(3)}`);
        }
      } finally {
        await open.close();
      }
    }
  }
  return { results, misses };
}

function formatMisses(task: string, misses: readonly Miss[], count: number): string[] {
  return misses
    .slice(0, count)
    .map(({ text, relevant, rank }) => `${task} rank ${rank ?? '–'}: ${text} → ${relevant}`);
}

async function sizesOf(tasks: readonly Task[]): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const { collection } of tasks) {
    if (collection.name in sizes) continue;
    let count = 0;
    for await (const _ of articlesOf(collection)) count++;
    sizes[collection.name] = count;
  }
  return sizes;
}

function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
