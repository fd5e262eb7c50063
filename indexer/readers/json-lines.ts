import { extname } from 'node:path';
import { rejected, type Finding } from '../core/finding.ts';
import type { Page, Reader, SourceFile } from './page.ts';
import { MAX_RECORD_CHARACTERS, readRecord } from './record.ts';
import { emptyFinding, headText } from './text-file.ts';
import { splitLines } from './text-lines.ts';
import { streamText } from './text-stream.ts';

/** JSON Lines: an article a line, read in bounded memory. */
export const jsonLines: Reader = {
  name: 'JSON Lines（.jsonl、.ndjson，每行一条记录）',
  accepts: (file) => {
    const extension = extname(file.path).toLowerCase();
    if (extension === '.jsonl' || extension === '.ndjson') return true;
    return extension === '.json' && beginsWithJsonLine(headText(file) ?? '');
  },
  read: readRecords,
};

async function* readRecords(file: SourceFile): AsyncGenerator<Page | Finding> {
  const { pieces, findings } = streamText(file);
  let lines = 0;
  for await (const { number, text } of splitLines(pieces, MAX_RECORD_CHARACTERS)) {
    if (text !== null && text.trim() === '') continue;
    lines++;
    const place = `第 ${number} 行`;
    if (text === null) {
      const limit = MAX_RECORD_CHARACTERS.toLocaleString('en');
      yield rejected(file.path, place, `一行超过 ${limit} 个字符`, '检查是否漏了换行，或拆开记录');
      continue;
    }
    const record = parseObject(text);
    if (typeof record === 'string') {
      yield rejected(
        file.path,
        place,
        record,
        '每行写一个完整的 JSON 对象：{"title": …, "text": …}',
      );
    } else yield* readRecord(record, file.path, place);
  }
  yield* findings;
  if (lines === 0 && findings.length === 0) yield emptyFinding(file.path);
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
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  return `应为 JSON 对象，这里是${Array.isArray(value) ? '数组' : '单个值'}`;
}

/** A `.json` file counts when its first line is a record of its own. */
function beginsWithJsonLine(head: string): boolean {
  const line = head.slice(0, (head.indexOf('\n') + 1 || head.length + 1) - 1).trim();
  return line.startsWith('{') && typeof parseObject(line) !== 'string';
}
