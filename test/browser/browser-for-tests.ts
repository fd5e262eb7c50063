import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { TestService } from '../service-for-tests.ts';
import { sharedSampleService } from '../service-for-tests.ts';
import { launchBrowser } from './launch-browser.ts';

/** What a browser test works with; the page and its context are new for each test. */
export interface BrowserSite {
  service: TestService;
  browser: Browser;
  context: BrowserContext;
  page: Page;
  /** The paths that the context asked for. */
  requests: string[];
  /** What went wrong in the context; a test that leaves any fails. */
  problems: string[];
}

/** A browser for the tests of a file, and the service that all files share or, stopped at its end, one of its own. */
export function openSite(ownService?: () => Promise<TestService>): BrowserSite {
  const site = {} as BrowserSite;
  beforeAll(async () => {
    const startService = ownService ?? sharedSampleService;
    [site.service, site.browser] = await Promise.all([startService(), launchBrowser()]);
  });
  beforeEach(async () => {
    site.requests = [];
    site.problems = [];
    site.context = await openContext(site);
    site.page = await site.context.newPage();
  });
  afterEach(async () => {
    await site.context.close();
    expect(site.problems).toEqual([]);
  });
  afterAll(async () => {
    await site.browser.close();
    if (ownService !== undefined) await site.service.stop();
  });
  return site;
}

/**
 * A profile of its own whose problems are the site's: errors on the console, also those of the content
 * security policy, uncaught ones, and requests that go to another host.
 */
export async function openContext(
  { browser, service, requests, problems }: BrowserSite,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  context.on('weberror', (error) => problems.push(error.error().message));
  context.on('request', (request) => {
    const { origin, pathname, protocol } = new URL(request.url());
    requests.push(pathname);
    if (protocol !== 'blob:' && origin !== service.address)
      problems.push(`asked another host: ${request.url()}`);
  });
  return context;
}
