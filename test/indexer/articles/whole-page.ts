import { expect } from 'vitest';
import type { SplitPage } from '../../../indexer/articles/article.ts';
import type { Page } from '../../../indexer/readers/page.ts';

export function pageOf(text: string, layout: Page['layout'] = 'newspaper', title?: string): Page {
  const metadata = { dates: [], ...(title === undefined ? {} : { title }) };
  return { type: 'page', file: 'page.txt', place: '', layout, text, metadata };
}

/** Every non-space character lies in exactly one part or set-aside span. */
export function expectWholePage(page: Page, split: SplitPage): void {
  const covered = new Uint8Array(page.text.length);
  const spans = [...split.articles.flatMap(({ parts }) => parts), ...split.setAside];
  for (const { start, end } of spans) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(page.text.length);
    for (let at = start; at < end; at++) covered[at]! += 1;
  }
  for (let at = 0; at < page.text.length; at++) {
    if (covered[at]! > 1) throw new Error(`${at} lies in ${covered[at]} spans`);
    if (covered[at] === 0 && /\S/.test(page.text[at]!)) throw new Error(`${at} lies in no span`);
  }
}
