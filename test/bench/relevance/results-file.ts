import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';

const resultSchema = z.object({
  task: z.string(),
  system: z.string(),
  queries: z.int(),
  mrr: z.number(),
  standardError: z.number(),
  recall1: z.number(),
  recall10: z.number(),
  ndcg10: z.number(),
  median: z.number(),
  p95: z.number(),
});

const conditionsSchema = z.object({
  /** Of the tasks' making. */
  version: z.int(),
  sample: z.int(),
  distractors: z.int(),
  stories: z.int(),
  seed: z.int(),
});

const entrySchema = z.object({
  date: z.string(),
  machine: z.object({ cpu: z.string(), cores: z.int(), memoryGB: z.number(), node: z.string() }),
  conditions: conditionsSchema,
  /** Articles in each collection. */
  sizes: z.record(z.string(), z.int()),
  results: z.array(resultSchema),
});

/** One run of the benchmark. */
export type ResultsEntry = z.infer<typeof entrySchema>;

/**
 * Returns the runs in a results file, oldest first; none when there is no file.
 * @throws ZodError when it holds something else.
 */
export function readResults(file: string): ResultsEntry[] {
  if (!existsSync(file)) return [];
  return z.array(entrySchema).parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Adds a run to a results file; figures with four digits, laid out as prettier does it. */
export function appendResults(file: string, entry: ResultsEntry): void {
  mkdirSync(dirname(file), { recursive: true });
  const entries = [...readResults(file), entry];
  writeFileSync(file, `${JSON.stringify(entries, roundNumbers, 2)}\n`);
}

function roundNumbers(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value;
}

/** The machine that runs this. */
export function describeMachine(): ResultsEntry['machine'] {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? '',
    cores: processors.length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}
