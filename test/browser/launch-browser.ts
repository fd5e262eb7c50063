import chromium from '@sparticuz/chromium';
import type { Browser, LaunchOptions } from 'playwright-core';
import { chromium as playwright } from 'playwright-core';

/**
 * The package's arguments are made for one page in a function that ends: a single process dies with its
 * first page, and a browser without web security would not see what our policy forbids.
 */
const UNSUITABLE = new Set(['--single-process', '--no-zygote', '--disable-web-security']);

/** Names the address of the Chromium that a run of vitest shares. */
export const SHARED_BROWSER = 'TEST_BROWSER';

/** A real Chromium: the one that this run shares, else one of our own. Closing it ends only what was opened in it. */
export async function launchBrowser(): Promise<Browser> {
  const shared = process.env[SHARED_BROWSER];
  return shared === undefined
    ? playwright.launch(await browserOptions())
    : playwright.connect(shared);
}

/** `CHROMIUM_BIN` when set, else the one from the npm package. */
export async function browserOptions(): Promise<LaunchOptions> {
  return {
    executablePath: process.env['CHROMIUM_BIN'] ?? (await chromium.executablePath()),
    args: [
      ...chromium.args.filter((argument) => !UNSUITABLE.has(argument)),
      '--disable-background-networking',
      '--disable-component-update',
    ],
    headless: true,
  };
}
