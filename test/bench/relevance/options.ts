import { parseArgs } from 'node:util';
import { TASK_NAMES, type TaskName } from './tasks.ts';

export interface BenchOptions {
  readonly tasks: readonly TaskName[];
  readonly systems: readonly string[];
  readonly sample: number;
  readonly distractors: number;
  readonly stories: number;
  readonly seed: number;
  readonly cache: string | undefined;
  readonly shared: string;
  /** Undefined: the run is not kept. */
  readonly out: string | undefined;
  /** How many queries to list for each task that our system did not answer at once. */
  readonly misses: number;
}

const RESULTS = 'test/bench/results/relevance.json';

/**
 * Returns the checked options of the command line. A run with other tasks, systems or sizes than the usual
 * ones is kept only where `--out` says.
 * @throws RangeError with the names that there are.
 */
export function readOptions(args: readonly string[], systemNames: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tasks: { type: 'string', default: TASK_NAMES.join(',') },
      systems: { type: 'string', default: systemNames.join(',') },
      sample: { type: 'string', default: '1000' },
      distractors: { type: 'string', default: '10000' },
      stories: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      cache: { type: 'string' },
      shared: { type: 'string', default: '../shared' },
      out: { type: 'string' },
      misses: { type: 'string', default: '0' },
    },
  });
  const isUsual = ['tasks', 'systems', 'sample', 'distractors', 'stories', 'seed'] as const;
  const changed = isUsual.some((name) => args.some((arg) => arg.split('=')[0] === `--${name}`));
  return {
    tasks: chosen('tasks', values.tasks, TASK_NAMES),
    systems: chosen('systems', values.systems, systemNames),
    sample: wholeNumber('sample', values.sample),
    distractors: wholeNumber('distractors', values.distractors),
    stories: wholeNumber('stories', values.stories),
    seed: wholeNumber('seed', values.seed),
    cache: values.cache,
    shared: values.shared,
    out: values.out ?? (changed ? undefined : RESULTS),
    misses: wholeNumber('misses', values.misses),
  };
}

function chosen<Name extends string>(
  option: string,
  given: string,
  known: readonly Name[],
): Name[] {
  const wanted = given.split(',').map((name) => name.trim());
  const unknown = wanted.filter((name) => !known.some((one) => one === name));
  if (unknown.length > 0)
    throw new RangeError(`--${option} ${unknown.join(',')}: there are ${known.join(', ')}`);
  return known.filter((name) => wanted.includes(name));
}

/**
 * Returns the number that an option gives.
 * @throws RangeError when it is not a whole number from 0.
 */
export function wholeNumber(option: string, given: string): number {
  if (!/^\d{1,9}$/.test(given)) throw new RangeError(`--${option} ${given}: not a whole number`);
  return Number(given);
}
