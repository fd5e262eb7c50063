/**
 * What each kind of page weighs over the wire and how soon its largest content is painted, in a real
 * browser on loopback with an empty cache, on the sample corpus: `npm run bench:page-weight -- [--rounds 7]`.
 */
import { parseArgs } from 'node:util';
import { launchBrowser } from '../browser/launch-browser.ts';
import { loadPage } from '../browser/page-load.ts';
import type { PageLoad } from '../browser/page-load.ts';
import { startTestService } from '../service-for-tests.ts';
import { wholeNumber } from './relevance/options.ts';

const PATHS = [
  '/',
  `/search?q=${encodeURIComponent('高新区')}`,
  `/search?q=${encodeURIComponent('高新区')}&size=50`,
  '/parks',
  '/parks/guiyang-gaoxinqu',
  '/compare?park=guiyang-gaoxinqu&park=donghu-gaoxinqu',
  '/help',
];

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const rounds = wholeNumber('rounds', values.rounds);
const [service, browser] = await Promise.all([startTestService(), launchBrowser()]);
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  for (const path of PATHS) {
    const loads: PageLoad[] = [];
    for (let round = 0; round < rounds; round += 1)
      loads.push(await loadPage(context, service.address + path));
    const paints = loads.map(({ largestPaintMs }) => largestPaintMs).sort((a, b) => a - b);
    const kilobytes = (loads.at(-1)!.bytes / 1000).toFixed(1).padStart(6);
    const median = paints[Math.floor(paints.length / 2)]!.toFixed(0).padStart(5);
    const slowest = paints.at(-1)!.toFixed(0).padStart(5);
    process.stdout.write(
      `${kilobytes} KB, largest paint ${median} ms (slowest ${slowest})  ${decodeURI(path)}\n`,
    );
  }
} finally {
  await browser.close();
  await service.stop();
}
