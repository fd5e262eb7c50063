import chromium from '@sparticuz/chromium';
import type { Browser } from 'playwright-core';
import { chromium as playwright } from 'playwright-core';

/**
 * The package's arguments are made for one page in a function that ends: a single process dies with its
 * first page, and a browser without web security would not see what our policy forbids.
 */
const UNSUITABLE = new Set(['--single-process', '--no-zygote', '--disable-web-security']);

/** A real Chromium: `CHROMIUM_BIN` when set, else the one from the npm package. */
export async function launchBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: process.env['CHROMIUM_BIN'] ?? (await chromium.executablePath()),
    args: [
      ...chromium.args.filter((argument) => !UNSUITABLE.has(argument)),
      '--disable-background-networking',
      '--disable-component-update',
    ],
    headless: true,
  });
}
