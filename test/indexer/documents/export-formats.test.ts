import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exportFormats, rowInPieces } from '../../../indexer/documents/export-formats.ts';
import type { StoredArticle } from '../../../indexer/store/stored-article.ts';

const article: StoredArticle = {
  doc: 1,
  id: 'a',
  title: '标题，"引号"',
  text: '',
  date: '2022-03-01',
  datePrecision: 'day',
  firstDay: null,
  lastDay: null,
  source: '贵阳日报',
  kind: 'report',
  parks: [{ id: 'p', name: '贵阳高新区', mentions: 1, places: [] }],
  duplicateOf: null,
  changedSeq: 1,
  details: {
    kicker: null,
    subtitle: null,
    captions: [],
    authors: [],
    section: null,
    url: null,
    parts: [],
  },
  origin: { file: '/in/a.txt', place: '' },
} as unknown as StoredArticle;

const piece = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('=1+1', '＝', '"', '\n', ',', '\\', '\u0000'),
);

it.each(['csv', 'jsonl', 'ris'] as const)('%s has the same row of a text in pieces', (name) => {
  const format = exportFormats[name];
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1 }), (pieces) => {
      // A cell that needs no quotes may have them all the same.
      const text = `${pieces.join('')}\n`;
      const whole = { ...article, text };
      const row = [...rowInPieces(format, whole, [...pieces, '\n'])].join('');
      expect(row).toBe(format.row(whole));
    }),
  );
});
