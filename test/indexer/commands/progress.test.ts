import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProgress } from '../../../indexer/commands/terminal.ts';

let lines: string[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  lines = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    lines.push(String(line).trim());
    return true;
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const wait = (seconds: number) => vi.advanceTimersByTime(seconds * 1000);

test('the time left is told from the work at hand, however long it had to wait', () => {
  const progress = createProgress('写入索引');
  wait(600);
  progress.show(0, '篇', 1000);
  wait(10);
  progress.show(250, '篇', 1000);
  expect(lines).toEqual(['写入索引 0/1000 篇', '写入索引 250/1000 篇，每秒 25，约剩 30 秒']);
});

test('work that begins again is told anew', () => {
  const progress = createProgress('写入索引');
  progress.show(0, '篇', 1000);
  wait(10);
  progress.show(1000, '篇', 1000);
  wait(600);
  progress.show(100, '篇', 500);
  wait(100);
  progress.show(300, '篇', 500);
  expect(lines.at(-1)).toBe('写入索引 300/500 篇，每秒 2.0，约剩 100 秒');
});

test('without a total only the speed is told', () => {
  const progress = createProgress('收录');
  progress.show(0, '篇');
  wait(10);
  progress.show(5, '篇');
  expect(lines).toEqual(['收录 5 篇，每秒 0.5']);
});
