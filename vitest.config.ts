import { defineConfig } from 'vitest/config';
import { testFilesOf } from './test/house/test-projects.ts';

const LIMITS = { testTimeout: 120_000, hookTimeout: 120_000 };
const ENGINES = { ...LIMITS, globalSetup: 'test/run-folder.ts' };

/** One project after the other: files that share a worker follow each other. */
export default defineConfig({
  test: {
    // Two cores, and every worker talks to an engine.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...LIMITS,
          name: 'unit',
          include: testFilesOf('unit'),
          pool: 'threads',
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...ENGINES,
          name: 'service',
          include: testFilesOf('service'),
          pool: 'forks',
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...ENGINES,
          name: 'browser',
          include: testFilesOf('browser'),
          globalSetup: ['test/run-folder.ts', 'test/browser/browser-for-run.ts'],
          pool: 'forks',
          isolate: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...ENGINES,
          name: 'faults',
          include: testFilesOf('faults'),
          pool: 'forks',
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
