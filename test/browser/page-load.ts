import type { BrowserContext } from 'playwright-core';

export interface PageLoad {
  /** All that came over the wire, headers too, in bytes. */
  readonly bytes: number;
  /** Until the largest piece of content was painted, in milliseconds. */
  readonly largestPaintMs: number;
}

/** Opens the address in a page of its own, with nothing in the cache, and waits for all that it loads. */
export async function loadPage(context: BrowserContext, address: string): Promise<PageLoad> {
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  network.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  const largestPaintMs = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)!.startTime)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      }),
  );
  await page.close();
  return { bytes, largestPaintMs };
}
