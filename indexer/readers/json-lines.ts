import { extname } from 'node:path';
import { rejected, type Finding } from '../core/finding.ts';
import type { Page, Reader, SourceFile } from './page.ts';
import { MAX_RECORD_CHARACTERS, readRecord } from './record.ts';
import { emptyFinding, headText, streamLines } from './text-file.ts';

/** JSON Lines: an article a line, read in bounded memory. */
export const jsonLines: Reader = {
  name: 'JSON Lines（.jsonl、.ndjson，每行一条记录）',
  accepts: (file) => {
    const extension = extname(file.path).toLowerCase();
    if (extension === '.jsonl' || extension === '.ndjson') return true;
    return extension === '.json' && beginsWithJsonLine(headText(file));
  },
  read: readRecords,
};

async function* readRecords(file: SourceFile): AsyncGenerator<Page | Finding> {
  const { lines, findings } = streamLines(file, MAX_RECORD_CHARACTERS);
  let count = 0;
  for await (const { number, text } of lines) {
    if (text?.trim() === '') continue;
    count++;
    const place = `第 ${number} 行`;
    if (text === null) {
      const limit = MAX_RECORD_CHARACTERS.toLocaleString('en');
      yield rejected(file.path, place, `一行超过 ${limit} 个字符`, '检查是否漏了换行，或拆开记录');
      continue;
    }
    const record = parseObject(text);
    if (typeof record === 'string') {
      const remedy = '每行写一个完整的 JSON 对象：{"title": …, "text": …}';
      yield rejected(file.path, place, record, remedy);
    } else yield* readRecord(record, file.path, place);
  }
  yield* findings;
  if (count === 0 && findings.length === 0) yield emptyFinding(file.path);
}

/** The object in a line, or why there is none, in Chinese. */
function parseObject(line: string): Record<string, unknown> | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = /position (\d{1,9})/.exec(error.message)?.[1];
    return `不是合格的 JSON${position === undefined ? '（不完整）' : `（第 ${Number(position) + 1} 个字符处）`}`;
  }
  if (Array.isArray(value)) return '应为 JSON 对象，这里是数组';
  if (typeof value !== 'object' || value === null) return '应为 JSON 对象，这里是单个值';
  return value as Record<string, unknown>;
}

/** A `.json` file counts when its first line is a record of its own. */
function beginsWithJsonLine(head: string): boolean {
  const line = head.split('\n', 1)[0]!.trim();
  return line.startsWith('{') && typeof parseObject(line) !== 'string';
}
