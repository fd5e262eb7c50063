import { chromium as playwright } from 'playwright-core';
import { browserOptions, SHARED_BROWSER } from './launch-browser.ts';

/** Before the first file of the browser tests: one Chromium for all of them, which connect to it. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await playwright.launchServer(await browserOptions());
  process.env[SHARED_BROWSER] = server.wsEndpoint();
  return () => server.close();
}
