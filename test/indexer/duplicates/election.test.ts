import { describe, expect, it } from 'vitest';
import { electPreferred, type Copy } from '../../../indexer/duplicates/election.ts';

const base: Copy = {
  doc: 1,
  id: 'a',
  length: 1000,
  layout: 'story',
  confidence: 1,
  datePrecision: 'day',
  firstDay: 100,
};

/** The preferred ids of copies that all match each other. */
function preferredOf(copies: readonly Copy[]): string[] {
  const family = copies.map((copy, fingerprint) => ({
    fingerprint,
    copies: [copy],
    matches: copies.map((_, other) => other).filter((other) => other !== fingerprint),
  }));
  return [...electPreferred(family)].flatMap(([copy, preferred]) =>
    preferred === null ? [copy.id] : [],
  );
}

describe('electPreferred', () => {
  it.each<[string, Partial<Copy>, Partial<Copy>]>([
    ['the full text over a truncated one', {}, { length: 600, firstDay: 90 }],
    ['a clean story over a page', {}, { layout: 'newspaper', firstDay: 90, length: 1200 }],
    [
      'the surer split',
      { layout: 'newspaper' },
      { layout: 'newspaper', confidence: 0.6, firstDay: 90 },
    ],
    ['the more precise date', {}, { datePrecision: 'month', firstDay: 90 }],
    ['any date over none', {}, { datePrecision: 'unknown', firstDay: null }],
    ['the earlier one', {}, { firstDay: 101 }],
    ['the one taken in first', {}, { doc: 2 }],
    [
      'the earlier one when the split is as sure to a tenth',
      {},
      { confidence: 0.98, firstDay: 101 },
    ],
  ])('prefers %s', (_, better, worse) => {
    const copies = [
      { ...base, doc: 8, ...worse, id: 'worse' },
      { ...base, ...better, id: 'better' },
    ];
    expect(preferredOf(copies)).toEqual(['better']);
    expect(preferredOf(copies.toReversed())).toEqual(['better']);
  });

  it('does not join what only a chain of copies connects', () => {
    const copy = (doc: number) => [{ ...base, doc, id: String(doc) }];
    const family = [
      { fingerprint: 1, copies: copy(1), matches: [2] },
      { fingerprint: 2, copies: copy(2), matches: [1, 3] },
      { fingerprint: 3, copies: copy(3), matches: [2, 4] },
      { fingerprint: 4, copies: copy(4), matches: [3] },
    ];
    const elected = [...electPreferred(family)].map(([{ id }, preferred]) => [id, preferred]);
    expect(Object.fromEntries(elected)).toEqual({ 1: null, 2: '1', 3: null, 4: '3' });
  });

  it('groups articles of one text, and leaves out texts that nobody tells any more', () => {
    const twins = [
      { ...base, doc: 5, id: 'later' },
      { ...base, doc: 4, id: 'first' },
    ];
    const family = [
      { fingerprint: 1, copies: twins, matches: [2] },
      { fingerprint: 2, copies: [], matches: [1] },
    ];
    const elected = [...electPreferred(family)].map(([{ id }, preferred]) => [id, preferred]);
    expect(elected).toEqual([
      ['first', null],
      ['later', 'first'],
    ]);
  });
});
