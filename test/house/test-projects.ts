import { filesBelow, loadedBy, loadedWith } from './imports.ts';

/** Which project of vitest.config.ts runs a test file: the first whose rule it meets. */
const RULES = {
  /** Real pages in a real browser. */
  browser: (file: string) => file.startsWith('test/browser/'),
  /** Can start no process, so no engine either: such files share a thread and what was loaded there. */
  unit: (file: string) => !loadedWith(file).has('node:child_process') && !ALONE.includes(file),
  /** Uses a service or an engine as it comes: such files share a process and what was loaded there. */
  service: (file: string) => {
    const loaded = [...loadedWith(file)];
    return (
      loaded.some((one) => STARTERS.includes(one)) &&
      !loaded.some(handlesProcesses) &&
      !ALONE.includes(file)
    );
  },
  /** The rest starts and ends processes, or damages what they left: each file has a process to itself. */
  faults: () => true,
};

type TestProject = keyof typeof RULES;

const NAMES = Object.keys(RULES) as readonly TestProject[];
const STARTERS: readonly string[] = ['test/service-for-tests.ts', 'test/engine-for-tests.ts'];

/** They count the rounds of an event loop, or what memory grows by: both are to be theirs alone. */
const ALONE: readonly string[] = [
  'test/indexer/ingest/guarded-reading.test.ts',
  'test/indexer/core/fair-turns.test.ts',
  'test/indexer/core/yield-to-event-loop.test.ts',
  'test/indexer/push/build-ahead.test.ts',
];

/** The test files that a project runs, from the root of the repository on. */
export function testFilesOf(project: TestProject): string[] {
  return testFiles().filter((file) => NAMES.find((name) => RULES[name](file)) === project);
}

/** All test files there are. */
export function testFiles(): string[] {
  return filesBelow('test').filter((file) => file.endsWith('.test.ts'));
}

/** Whether the file, one of the tests and not of the product, does so itself. */
function handlesProcesses(file: string): boolean {
  if (!file.startsWith('test/')) return false;
  return file === 'test/shards-for-tests.ts' || loadedBy(file).includes('node:child_process');
}
