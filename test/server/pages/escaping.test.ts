import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { PAGES } from './every-page.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title></style><b>',
  '&lt;b&gt;&amp;',
  '\u202Eevil\u2066\u200F',
  '-->]]><!--',
  '${1}`\\',
];

const words = fc
  .oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom(...HOSTILE))
  .map((word) => `x${word}x`);

/** Tags and attribute names in order: what a text must never be able to change. */
function skeleton(page: string): string[] {
  const { document } = parseHTML(page);
  return [...document.querySelectorAll('*')].map(
    (element) => `${element.tagName} ${element.getAttributeNames().join(' ')}`,
  );
}

describe.each(PAGES)('$name page', ({ render }) => {
  const expected = skeleton(render('xyx'));

  it('has the same tags and attributes whatever the texts say', () => {
    fc.assert(
      fc.property(words, (word) => {
        expect(skeleton(render(word))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('escapes a tag in every field', () => {
    expect(render('<script>x')).not.toContain('<script>x');
  });

  it('has the same, too, whatever 10,000 characters say', () => {
    const hostile = HOSTILE.join('').repeat(100).slice(0, 10_000);
    expect(skeleton(render(hostile))).toEqual(skeleton(render('长'.repeat(10_000))));
  });
});
