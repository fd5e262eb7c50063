import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../../indexer/analyzer/analyzer.ts';
import type { AnalyzerWords } from '../../../indexer/analyzer/words.ts';

const text = '贵阳高新区一窗通办：2025年办件51万件，同比增长３．８％。裡面有專精特新企業。';

function analyzeInThread(words: AnalyzerWords): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // Node 20 does not pass the TypeScript loader on to threads.
    const file = JSON.stringify(new URL('./analyze-in-thread.ts', import.meta.url).href);
    const start = `import('tsx/esm/api').then(({ register }) => (register(), import(${file})))`;
    const worker = new Worker(start, { eval: true, workerData: { words, text } });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

describe('createAnalyzer in several threads', () => {
  it('cuts alike with the same words, and each thread with its own', async () => {
    const words = { dictionary: ['一窗通办', '专精特新'], names: ['贵阳高新区'] };
    const fewer = { dictionary: [], names: [] };
    const analyzer = createAnalyzer(words);
    const [same, other] = await Promise.all([analyzeInThread(words), analyzeInThread(fewer)]);
    expect(same).toEqual(analyzer.analyze(text));
    expect(other).toEqual(createAnalyzer(fewer).analyze(text));
    expect(other).not.toEqual(same);
  });
});
