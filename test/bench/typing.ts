/**
 * How long a keystroke and a quoted phrase take over HTTP: `npm run bench:typing -- [--cache DIR]
 * [--rounds 5]`. Prints medians, the slowest tenth, and the largest answer, on the news of `../shared`.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { prepareNews } from './recall/news-collection.ts';
import { withCacheFolder } from './relevance/cache-folder.ts';
import { wholeNumber } from './relevance/options.ts';
import { getText, startOurService } from './relevance/systems/our-service.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    articles: { type: 'string', default: '1000000' },
    cache: { type: 'string' },
    shared: { type: 'string', default: '../shared' },
  },
});

/** Each is typed character by character. */
const TYPED = [
  '高新技术产业',
  '人才引进',
  '苏州工业园区',
  '一带一路',
  'gaoxin',
  'rencai',
  'suzhou',
  '新能源 汽车',
  '2023年',
  '的发展',
];
const PHRASES = [
  '发展',
  '高质量发展',
  '一带一路',
  '习近平总书记',
  '新能源汽车',
  '的发展',
  '有限公司',
];

if (existsSync(values.shared)) await withCacheFolder(values.cache, bench);
else print(`${values.shared} is not there: nothing to measure`);

async function bench(cache: string): Promise<void> {
  const count = wholeNumber('articles', values.articles);
  const rounds = wholeNumber('rounds', values.rounds);
  const news = await prepareNews(cache, { shared: values.shared, count, seed: 1 });
  const { address, stop } = await startOurService(news, cache);
  try {
    const suggest = (typed: string) =>
      getText(`${address}/api/suggest?q=${encodeURIComponent(typed)}`);
    const keystrokes = TYPED.flatMap((text) =>
      Array.from(text, (_, at) =>
        Array.from(text)
          .slice(0, at + 1)
          .join(''),
      ),
    );
    for (const typed of keystrokes) await suggest(typed);
    const times: number[] = [];
    const bare: number[] = [];
    let largest = 0;
    for (let round = 0; round < rounds; round++)
      for (const typed of keystrokes) {
        const started = performance.now();
        const answer = await suggest(typed);
        times.push(performance.now() - started);
        largest = Math.max(largest, Buffer.byteLength(answer));
        const again = performance.now();
        await getText(`${address}/healthz`);
        bare.push(performance.now() - again);
      }
    print(`suggestions, ${times.length} keystrokes: ${spread(times)}, largest ${largest} bytes`);
    print(`the same requests for nothing: ${spread(bare)}`);
    for (const phrase of PHRASES) await timePhrase(address, phrase);
  } finally {
    await stop();
  }
}

/** Cold: filters that say nothing make it another question each time. */
async function timePhrase(address: string, phrase: string): Promise<void> {
  const q = encodeURIComponent(`"${phrase}"`);
  const times: number[] = [];
  let total = 0;
  for (let round = 0; round < 4; round++) {
    const started = performance.now();
    const answer = await getText(`${address}/api/search?q=${q}&from=190${round}`);
    times.push(performance.now() - started);
    total = (JSON.parse(answer) as { total: number }).total;
  }
  const started = performance.now();
  await getText(`${address}/api/search?q=${q}&from=1903&page=2`);
  const next = performance.now() - started;
  print(`"${phrase}", ${total} hits: ${spread(times)}, its next page ${next.toFixed(0)} ms`);
}

function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]!.toFixed(1);
  return `median ${at(0.5)} ms, nine of ten within ${at(0.9)} ms`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
