import { z } from 'zod';
import { rejected, type Finding } from '../core/finding.ts';
import { cleanText } from './clean-text.ts';
import {
  fieldChecks,
  renameFields,
  withoutEmpty,
  type FieldName,
  type Fields,
} from './metadata.ts';
import { pageOfStory, type Page } from './page.ts';
import { encodingFinding } from './text-file.ts';

/** A record longer than this is no article; the limit keeps memory bounded. */
export const MAX_RECORD_CHARACTERS = 4_000_000;

const MOST_ID_CHARACTERS = 200;

const scalar = z.union([z.string(), z.number(), z.boolean()], '应为一段文字').transform(String);

const { line, authors, tags } = fieldChecks(
  (value) => value.replace(/\s+/gu, ' ').trim(),
  /[,，、;；|]+/u,
  { line: '应为一段文字', lines: '应为文字或文字的列表' },
);

const recordSchema = z.object({
  id: scalar
    .transform((value) => value.trim())
    .pipe(
      z
        .string()
        .max(MOST_ID_CHARACTERS, `超过 ${MOST_ID_CHARACTERS} 个字符`)
        .refine((value) => !/\p{Cc}/u.test(value), '含有换行或控制字符'),
    )
    .optional(),
  title: line.refine((value) => value !== '', '是空的'),
  text: scalar.refine((value) => value.trim() !== '', '是空的'),
  date: line.optional(),
  source: line.optional(),
  url: line.optional(),
  section: line.optional(),
  author: authors.optional(),
  tags: tags.optional(),
});

const CHINESE: Readonly<Partial<Record<FieldName, string>>> = {
  title: '标题',
  text: '正文',
  date: '日期',
  source: '来源',
  url: '链接',
  section: '版面',
  author: '作者',
  tags: '标签',
};

/**
 * Yields the page of one record of a data file, or a finding that says what is wrong with it;
 * keys may be English or Chinese, unknown ones are ignored. `place` is `第 N 行`.
 */
export function* readRecord(
  record: Readonly<Record<string, unknown>>,
  file: string,
  place: string,
): Generator<Page | Finding> {
  const fields = cleanFields(renameFields(record));
  const checked = recordSchema.safeParse(fields);
  if (!checked.success) {
    const reasons = checked.error.issues.map((issue) => explainIssue(issue, fields));
    yield rejected(file, place, [...new Set(reasons)].join('；'), remedyFor(checked.error.issues));
    return;
  }
  const { title, text: raw, date, ...rest } = checked.data;
  const { text, notes } = cleanText(raw);
  const story = separateParagraphs(text);
  if (story === '') {
    yield rejected(file, place, '字段 text（正文）是空的', '补上正文，或删去这条记录');
    return;
  }
  if (story.includes('\ufffd')) yield encodingFinding(file, place, '正文里有无法辨认的字符（�）');
  for (const note of notes) yield encodingFinding(file, place, note);
  const dates = date ? [{ text: date, origin: 'record' } as const] : [];
  yield pageOfStory(file, place, story, withoutEmpty({ ...rest, title, dates }));
}

/** The text is cleaned apart, because what was removed from it is reported. */
function cleanFields(fields: Fields): Fields {
  const cleaned = Object.entries(fields).map(([field, value]) =>
    typeof value === 'string' && field !== 'text' ? [field, cleanText(value).text] : [field, value],
  );
  return Object.fromEntries(cleaned) as Fields;
}

function explainIssue(issue: z.core.$ZodIssue, fields: Fields): string {
  const field = String(issue.path[0] ?? '') as FieldName;
  const label = CHINESE[field] === undefined ? field : `${field}（${CHINESE[field]}）`;
  if (fields[field] === undefined) return `缺少字段 ${label}`;
  return `字段 ${label}${issue.message}`;
}

function remedyFor(issues: readonly z.core.$ZodIssue[]): string {
  const fields = new Set(issues.map((issue) => issue.path[0]));
  if (fields.has('title') || fields.has('text')) {
    return '每条记录都要有 title（标题）和 text（正文），都不能是空的';
  }
  return fields.has('id') ? '换一个较短的 id，或去掉它' : '改正这个字段，或去掉它';
}

/** A paragraph that a data export ran into the one before it: a full stop, two ideographic spaces. */
const INDENTED_AFTER_SENTENCE = /(?<=[。！？…”])[\u3000]{2}(?=[^\s\u3000])/g;

/**
 * Returns the plain text of a record with a blank line between paragraphs, as pages have it:
 * where a text has no blank line, every line is a paragraph. Only white space changes.
 */
function separateParagraphs(text: string): string {
  const spread = text.replace(INDENTED_AFTER_SENTENCE, '\n\u3000\u3000');
  const lines = spread.split('\n');
  const blank = lines.findIndex((line, at) => at > 0 && line.trim() === '');
  const hasBlank = blank >= 0 && lines.slice(blank).some((line) => line.trim() !== '');
  const joined = hasBlank
    ? lines.map((line) => line.trimEnd()).join('\n')
    : lines.filter((line) => line.trim() !== '').join('\n\n');
  return joined.trim();
}
