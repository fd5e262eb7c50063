import { extname } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { doubtful, rejected, type Finding } from '../core/finding.ts';
import { frameRecords, type CsvFrame } from './csv-frames.ts';
import { aliasesOf, fieldOf } from './metadata.ts';
import type { Page, Reader, SourceFile } from './page.ts';
import { MAX_RECORD_CHARACTERS, readRecord } from './record.ts';
import { emptyFinding, streamLines } from './text-file.ts';

/** CSV with a header line: an article a record, read in bounded memory. */
export const csv: Reader = {
  name: 'CSV（.csv、.tsv，首行为列名）',
  accepts: (file) => ['.csv', '.tsv'].includes(extname(file.path).toLowerCase()),
  read: readRows,
};

const DELIMITERS = [',', '\t', ';', '|'] as const;

async function* readRows(file: SourceFile): AsyncGenerator<Page | Finding> {
  const { lines, findings } = streamLines(file, MAX_RECORD_CHARACTERS);
  let header: Header | null = null;
  let rows = 0;
  const frames = frameRecords(lines, () => header?.delimiter ?? ',', MAX_RECORD_CHARACTERS);
  for await (const frame of frames) {
    const place = `第 ${frame.line} 行`;
    if (header === null) {
      if (/^sep=.$/i.test(frame.text)) continue;
      header = readHeader(frame.text);
      const missing = missingColumns(header);
      if (missing === null) continue;
      yield rejected(file.path, place, missing, headerRemedy());
      return;
    }
    const { record, problem } = readRow(frame, header);
    if (record !== null || problem !== null) rows++;
    if (problem !== null)
      yield (record === null ? rejected : doubtful)(file.path, place, ...problem);
    if (record !== null) yield* readRecord(record, file.path, place);
  }
  yield* findings;
  if (rows > 0 || findings.length > 0) return;
  yield header === null
    ? emptyFinding(file.path)
    : rejected(file.path, '', '只有列名，没有记录', '在列名下面写上记录，或把这个文件移走');
}

interface Header {
  readonly delimiter: string;
  readonly columns: readonly string[];
}

/** The delimiter is the one that makes known columns of the first line. */
function readHeader(line: string): Header {
  const readings = DELIMITERS.map((delimiter) => ({
    delimiter,
    columns: parseLine(line, delimiter, true) ?? [],
  }));
  const known = ({ columns }: Header): number =>
    new Set(columns.map((column) => fieldOf(column)).filter((field) => field !== null)).size;
  return readings.reduce((best, reading) => (known(reading) > known(best) ? reading : best));
}

function missingColumns({ columns }: Header): string | null {
  const fields = new Set(columns.map((column) => fieldOf(column)));
  const missing = (['title', 'text'] as const).filter((field) => !fields.has(field));
  if (missing.length === 0) return null;
  const found = columns.slice(0, 20).join('、').slice(0, 200);
  return `首行缺少列 ${missing.join('、')}；找到的列是：${found}`;
}

function headerRemedy(): string {
  const [title, text] = (['title', 'text'] as const).map((field) => aliasesOf(field).join('/'));
  return `第一行写列名，至少要有标题（${title}）和正文（${text}）`;
}

interface Row {
  readonly record: Record<string, string> | null;
  readonly problem: readonly [reason: string, remedy: string] | null;
}

const QUOTES = '含有逗号、换行或引号的字段要用双引号括起来，字段里的双引号写成两个（""）';

function readRow(frame: CsvFrame, { delimiter, columns }: Header): Row {
  const refused = (reason: string, remedy = QUOTES): Row => ({
    record: null,
    problem: [reason, remedy],
  });
  if (frame.fault === 'unclosed') return refused('双引号没有配对');
  if (frame.fault === 'tooLong') {
    const limit = MAX_RECORD_CHARACTERS.toLocaleString('en');
    return refused(`一条记录超过 ${limit} 个字符`, '检查是否漏了换行，或拆开记录');
  }
  const strict = parseLine(frame.text, delimiter, false);
  const cells = strict ?? parseLine(frame.text, delimiter, true);
  if (cells === null) return refused('双引号的位置不对');
  if (cells.length > columns.length)
    return refused(`有 ${cells.length} 列，比列名（${columns.length} 列）多`);
  if (cells.every((cell) => cell.trim() === '')) return { record: null, problem: null };
  const record: Record<string, string> = {};
  for (const [index, cell] of cells.entries()) record[columns[index]!] ||= cell;
  return { record, problem: strict === null ? ['双引号的位置不对，按原样保留', QUOTES] : null };
}

/** Records are framed before they are parsed: nothing in them ends one. */
const NO_DELIMITER = '\u001e\u0000\u001e';

/** The cells of one record, or null when its quotes are wrong. */
function parseLine(text: string, delimiter: string, relaxed: boolean): string[] | null {
  try {
    const [cells] = parse(text, {
      delimiter,
      relax_quotes: relaxed,
      relax_column_count: true,
      record_delimiter: NO_DELIMITER,
    });
    return cells ?? null;
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}
