import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../jumbled-pages.ts';
import { articlesOf } from './collection.ts';
import { digestItems } from './corpus-items.ts';
import { topKeywords } from './keywords.ts';
import { shuffled } from './shuffled.ts';
import { prepareTasks, type Task } from './tasks.ts';

const DIGEST = `# 《示例播报》 (20230808)

## 新闻摘要

1.【专题】园区开工；

## 详细新闻

### 【专题】园区开工

<p><strong>示例台消息</strong>：园区今天开工。</p><p>投资&nbsp;3亿元。<br></p>

[查看原文](https://example.org/1)

### 只有链接

[查看原文](https://example.org/2)

### 通车

<p>铁路通车。</p>

---

(更新时间戳: 1)
`;

describe('digestItems', () => {
  it('gives headings with their text, without tags, links and footer', () => {
    expect(digestItems('20230808.md', DIGEST)).toEqual([
      {
        id: '20230808-1',
        date: '2023-08-08',
        headline: '【专题】园区开工',
        text: '示例台消息：园区今天开工。\n投资 3亿元。',
      },
      { id: '20230808-3', date: '2023-08-08', headline: '通车', text: '铁路通车。' },
    ]);
  });
});

describe('topKeywords', () => {
  it('prefers what is frequent here and rare elsewhere', () => {
    const texts = ['大豆 大豆 经济', '钢铁 经济', '经济 发展'];
    expect(topKeywords(texts, 1)).toEqual([['大豆'], ['钢铁'], ['发展']]);
  });

  it('leaves out numbers and single characters', () => {
    expect(topKeywords(['2023 年 光伏', '别的'], 5)[0]).toEqual(['光伏']);
  });
});

describe('shuffled', () => {
  const items = [...Array(50).keys()];

  it('keeps every item', () => {
    const mixed = shuffled(items, seededRandom(1));
    expect(mixed).not.toEqual(items);
    expect([...mixed].sort((a, b) => a - b)).toEqual(items);
  });

  it('gives the same order for the same seed', () => {
    expect(shuffled(items, seededRandom(7))).toEqual(shuffled(items, seededRandom(7)));
  });
});

describe.runIf(existsSync('../shared/relevance'))('prepareTasks', () => {
  const cache = mkdtempSync(join(tmpdir(), 'bench-tasks-'));
  const options = { shared: '../shared', cache, distractors: 20, stories: 30, seed: 1 };
  afterAll(() => rmSync(cache, { recursive: true, force: true }));

  async function idsOf(task: Task): Promise<Set<string>> {
    const ids = new Set<string>();
    for await (const { id } of articlesOf(task.collection)) ids.add(id);
    return ids;
  }

  it('gives every query a right answer that is in its collection', async () => {
    for (const task of await prepareTasks(options)) {
      const ids = await idsOf(task);
      expect(task.queries.length).toBeGreaterThan(0);
      expect(task.queries.filter(({ relevant }) => !ids.has(relevant))).toEqual([]);
    }
  });

  it('finds in the cache what it made before', async () => {
    expect(await prepareTasks(options)).toEqual(await prepareTasks(options));
  });

  it('asks T2 in simplified characters', async () => {
    const tasks = await prepareTasks(options);
    const texts = (name: string) =>
      tasks
        .find((task) => task.name === name)!
        .queries.map(({ text }) => text)
        .join('');
    expect(texts('T2b')).toMatch(/[國學]/);
    expect(texts('T2')).not.toMatch(/[國學]/);
  });
});
