import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareWithOthers, findFalls, formatTable } from './report.ts';
import { appendResults, describeMachine, readResults, type ResultsEntry } from './results-file.ts';
import type { TaskResult } from './run-task.ts';

function result(task: string, system: string, mrr: number): TaskResult {
  const others = { standardError: 0.01, recall1: 0.5, recall10: 0.9, ndcg10: 0.7 };
  return { task, system, queries: 100, mrr, ...others, median: 1.23, p95: 4.56 };
}

function entry(date: string, results: TaskResult[], sample = 1000): ResultsEntry {
  return {
    date,
    machine: describeMachine(),
    conditions: { version: 1, sample, distractors: 10, stories: 10, seed: 1 },
    sizes: { questions: 20 },
    results,
  };
}

describe('formatTable', () => {
  it('marks the best of each task', () => {
    const lines = formatTable([
      result('T1', 'ours', 0.98),
      result('T1', 'fts', 0.97),
      result('T2', 'ours', 0.9),
    ]);
    expect(lines.filter((line) => line.includes('*')).map((line) => line.slice(0, 10))).toEqual([
      'T1    ours',
      'T2    ours',
    ]);
  });
});

describe('compareWithOthers', () => {
  it('says where we are ahead and where behind', () => {
    const lines = compareWithOthers(
      [
        result('T1', 'ours', 0.98),
        result('T1', 'fts', 0.97),
        result('T1', 'stock', 0.8),
        result('T2', 'ours', 0.9),
        result('T2', 'fts', 0.95),
      ],
      'ours',
    );
    expect(lines).toEqual([
      'T1: +.010 ahead of or level with fts (.970)',
      'T2: −.050 BEHIND fts (.950)',
    ]);
  });

  it('has nothing to say without another system', () => {
    expect(compareWithOthers([result('T1', 'ours', 0.98)], 'ours')).toEqual([]);
  });
});

describe('findFalls', () => {
  const now = entry('2', [result('T1', 'ours', 0.9)]);

  it('tells a fall by more than .005', () => {
    const falls = findFalls(now, [entry('1', [result('T1', 'ours', 0.906)])]);
    expect(falls).toEqual(['FALL  T1 ours mrr: .906 on 1 → .900']);
  });

  it.each([
    { name: 'a small fall', former: entry('1', [result('T1', 'ours', 0.904)]) },
    { name: 'a rise', former: entry('1', [result('T1', 'ours', 0.5)]) },
    { name: 'another task', former: entry('1', [result('T2', 'ours', 0.99)]) },
    { name: 'another system', former: entry('1', [result('T1', 'fts', 0.99)]) },
    { name: 'another sample', former: entry('1', [result('T1', 'ours', 0.99)], 200) },
  ])('is silent about $name', ({ former }) => {
    expect(findFalls(now, [former])).toEqual([]);
  });

  it('compares with the last run that has the figure', () => {
    const former = [
      entry('a', [result('T1', 'ours', 0.99)]),
      entry('b', [result('T1', 'ours', 0.95)]),
      entry('c', [result('T2', 'ours', 0.99)]),
    ];
    expect(findFalls(now, former)).toEqual(['FALL  T1 ours mrr: .950 on b → .900']);
  });
});

describe('appendResults', () => {
  it('keeps what was there, and readResults reads it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-results-'));
    try {
      const file = join(folder, 'results', 'relevance.json');
      expect(readResults(file)).toEqual([]);
      appendResults(file, entry('1', [result('T1', 'ours', 0.123456)]));
      appendResults(file, entry('2', []));
      expect(readResults(file).map(({ date }) => date)).toEqual(['1', '2']);
      expect(readResults(file)[0]?.results[0]).toEqual(result('T1', 'ours', 0.1235));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
