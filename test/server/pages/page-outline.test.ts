import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../../indexer/readers/clean-text.ts';
import { outlinePage, sourcePage } from '../../../server/pages/source-page.ts';
import { SHELL, sourcePageViewOf } from './sample-views.ts';

const ROLES = [
  'kicker',
  'title',
  'subtitle',
  'byline',
  'paragraph',
  'crosshead',
  'caption',
] as const;

const span = fc.record({ start: fc.nat(60), length: fc.nat(30) });
const parts = fc.array(
  fc
    .tuple(span, fc.constantFrom(...ROLES))
    .map(([{ start, length }, role]) => ({ role, start, end: start + length })),
  { maxLength: 8 },
);
const setAside = fc.array(
  span.map(({ start, length }) => ({ start, end: start + length })),
  { maxLength: 4 },
);
/** As pages are stored. */
const pageText = fc
  .string({
    unit: fc.constantFrom('\n', '\t', ' ', '\u3000', '<b>', '&amp;', '"', '园', '𠮷', '\f'),
    maxLength: 60,
  })
  .map((text) => cleanText(text).text);

describe('outlinePage', () => {
  it('gives the text back, whatever the spans', () => {
    fc.assert(
      fc.property(pageText, parts, setAside, (text, some, aside) => {
        const pieces = outlinePage(text, some, aside);
        expect(pieces.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      }),
    );
  });

  it('numbers parts as they are read, in the order of the page', () => {
    const pieces = outlinePage(
      '尾 头搁',
      [
        { role: 'title', start: 2, end: 3 },
        { role: 'paragraph', start: 0, end: 1 },
      ],
      [{ start: 3, end: 4 }],
    );
    expect(pieces).toEqual([
      { type: 'part', role: 'paragraph', order: 2, start: 0, end: 1 },
      { type: 'other', start: 1, end: 2 },
      { type: 'part', role: 'title', order: 1, start: 2, end: 3 },
      { type: 'set-aside', start: 3, end: 4 },
    ]);
  });
});

describe('sourcePage', () => {
  it('shows exactly the stored text', () => {
    fc.assert(
      fc.property(pageText, parts, setAside, (text, some, aside) => {
        const view = sourcePageViewOf('园区');
        const { document } = parseHTML(
          sourcePage(SHELL, {
            ...view,
            article: { ...view.article, parts: some },
            page: { ...view.page, text, setAside: aside },
          }),
        );
        expect(document.querySelector('.source-text')?.textContent).toBe(text);
      }),
    );
  });
});
