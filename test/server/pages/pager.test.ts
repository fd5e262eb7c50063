import { describe, expect, it } from 'vitest';
import { pageNumbers, pager } from '../../../server/pages/pager.ts';
import { EMPTY_REQUEST } from '../../../server/html/search-links.ts';

describe('pageNumbers', () => {
  it.each([
    [1, 1, '1'],
    [1, 5, '1 2 3 gap 5'],
    [3, 5, '1 2 3 4 5'],
    [6, 20, '1 gap 4 5 6 7 8 gap 20'],
    [20, 20, '1 gap 18 19 20'],
  ])('page %i of %i', (page, pages, expected) => {
    expect(pageNumbers(page, pages).join(' ')).toBe(expected);
  });
});

describe('pager', () => {
  it('vanishes when all fits on one page', () => {
    expect(pager(EMPTY_REQUEST, 10)).toBeNull();
  });

  it('stops at the last page that can be asked for', () => {
    const last = pager({ ...EMPTY_REQUEST, page: 1000 }, 1_000_000);
    expect(last).not.toContain('rel="next"');
  });
});
