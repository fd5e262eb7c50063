import { basename } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { StoredArticle } from '../store/stored-article.ts';

export const EXPORT_FORMATS = ['csv', 'jsonl', 'ris'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export function isExportFormat(name: string): name is ExportFormat {
  return EXPORT_FORMATS.some((format) => format === name);
}

interface Format {
  readonly contentType: string;
  /** What the file begins with. */
  readonly head: string;
  readonly row: (article: StoredArticle) => string;
  /** How a row takes a text piece by piece; null: it has no more of a text than its beginning. */
  readonly pieces: {
    /** What stands for the text until then. */
    readonly standIn: (article: StoredArticle) => string;
    readonly escape: (piece: string) => string;
  } | null;
}

/** With a line break, so that a CSV cell is quoted whatever takes its place. */
const STAND_IN = '\u0000\n';

const CSV_COLUMNS: Readonly<Record<string, (article: StoredArticle) => string>> = {
  id: ({ id }) => id,
  title: ({ title }) => title,
  date: ({ date }) => date ?? '',
  datePrecision: ({ datePrecision }) => datePrecision,
  source: ({ source }) => source ?? '',
  kind: ({ kind }) => kind,
  parks: ({ parks }) => parks.map((park) => park.name).join('；'),
  url: ({ details }) => details.url ?? '',
  file: ({ origin }) => basename(origin.file),
  text: ({ text }) => text,
};

/** One entry a format; `row` ends with a line break. */
export const exportFormats: Readonly<Record<ExportFormat, Format>> = {
  csv: {
    contentType: 'text/csv; charset=utf-8',
    // Excel takes a file without the byte order mark for the system's code page.
    head: `\ufeff${stringify([Object.keys(CSV_COLUMNS)])}`,
    row: (article) =>
      stringify([
        Object.values(CSV_COLUMNS).map((cellOf) => harmlessInSpreadsheet(cellOf(article))),
      ]),
    pieces: {
      standIn: ({ text }) => harmlessInSpreadsheet(text.charAt(0)).slice(0, -1) + STAND_IN,
      escape: (piece) => piece.replaceAll('"', '""'),
    },
  },
  jsonl: {
    contentType: 'application/x-ndjson; charset=utf-8',
    head: '',
    row: (article) => `${JSON.stringify(exportRecord(article))}\n`,
    pieces: {
      standIn: () => STAND_IN,
      escape: (piece) => JSON.stringify(piece).slice(1, -1),
    },
  },
  ris: {
    contentType: 'application/x-research-info-systems; charset=utf-8',
    head: '',
    row: risRecord,
    pieces: null,
  },
};

/** The row of an article whose text comes piece by piece, so that a long one is never in memory as a whole. */
export function* rowInPieces(
  { row, pieces }: Format,
  article: StoredArticle,
  text: Iterable<string>,
): Generator<string> {
  if (pieces === null) {
    yield row(article);
    return;
  }
  const { standIn, escape } = pieces;
  const [before = '', after = ''] = row({ ...article, text: standIn(article) }).split(
    escape(STAND_IN),
  );
  yield before;
  for (const piece of text) yield escape(piece);
  yield after;
}

/** An article as `npm run export` and the JSON Lines download write it. */
function exportRecord(article: StoredArticle) {
  const { id, title, text, date, datePrecision, source, kind, duplicateOf, origin } = article;
  const { section, authors, url } = article.details;
  return {
    ...{ id, title, text, date, datePrecision, source, kind },
    parks: article.parks.map(({ id, name }) => ({ id, name })),
    duplicateOf,
    origin: { ...origin, file: basename(origin.file) },
    ...{ section, authors, url },
  };
}

/**
 * A cell that begins like a formula would be run by a spreadsheet: an apostrophe makes it text.
 * In East Asian locales the full-width signs count too.
 */
function harmlessInSpreadsheet(cell: string): string {
  return /^[=+\-@＝＋－＠\t\r\n]/.test(cell) ? `'${cell}` : cell;
}

function risRecord(article: StoredArticle): string {
  const oneLine = (value: string) => value.replace(/\s+/g, ' ');
  const lines = [
    'TY  - NEWS',
    `ID  - ${oneLine(article.id)}`,
    `TI  - ${oneLine(article.title)}`,
    ...article.details.authors.map((author) => `AU  - ${oneLine(author)}`),
    ...(article.source === null ? [] : [`T2  - ${oneLine(article.source)}`]),
    ...(article.date === null
      ? []
      : [`PY  - ${article.date.slice(0, 4)}`, `DA  - ${article.date.replaceAll('-', '/')}`]),
    ...(article.details.section === null ? [] : [`SP  - ${oneLine(article.details.section)}`]),
    ...article.parks.map((park) => `KW  - ${oneLine(park.name)}`),
    `AB  - ${oneLine(article.text.slice(0, 500))}`,
    ...(article.details.url === null ? [] : [`UR  - ${oneLine(article.details.url)}`]),
    'ER  - ',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}
