import { LineCounter, parseDocument } from 'yaml';

export interface YamlMapping {
  readonly values: Readonly<Record<string, unknown>>;
  /** What is wrong, in Chinese with the line counted from 1 at the start of the source; null when all is well. */
  readonly problem: { readonly line: number; readonly reason: string } | null;
}

/**
 * Returns the keys and values of a small YAML text, all scalars as strings, so that `03` and `2022-03-07` stay as
 * written. A malformed text yields what its plain `key: value` lines say, and the problem. Never throws.
 */
export function parseYamlMapping(source: string): YamlMapping {
  const lines = new LineCounter();
  const document = parseDocument(source, {
    schema: 'failsafe',
    uniqueKeys: false,
    lineCounter: lines,
    prettyErrors: false,
  });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = lines.linePos(error.pos[0]).line;
    const reason = REASONS[error.code] ?? `不是合格的 YAML（${error.code}）`;
    return { values: plainPairs(source), problem: { line, reason } };
  }
  try {
    const values: unknown = document.toJS({ maxAliasCount: 20 });
    if (values === null || values === '') return { values: {}, problem: null };
    if (isRecord(values)) return { values, problem: null };
  } catch (aliasError) {
    // Exhausted or unresolved aliases are the only faults left after parsing.
    if (!(aliasError instanceof ReferenceError)) throw aliasError;
    return {
      values: plainPairs(source),
      problem: { line: 1, reason: '引用（*）太多或指向不存在的锚点' },
    };
  }
  return { values: {}, problem: { line: 1, reason: '内容不是“键: 值”的形式' } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `title: 佛山高新区: 谱新篇` is no YAML, but what it means is plain. */
function plainPairs(source: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const line of source.split('\n')) {
    const match = /^([\p{L}\p{N}_-]{1,40})[ \t]{0,8}[:：](.*)$/u.exec(line);
    if (match === null) continue;
    const value = match[2]!.trim().replace(/^(["'])(.*)\1$/u, '$2');
    if (value !== '') pairs[match[1]!] ??= value;
  }
  return pairs;
}

const REASONS: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: '一行里有两个冒号，值要加引号',
  BAD_INDENT: '缩进不齐',
  TAB_AS_INDENT: '缩进用了制表符，只能用空格',
  MISSING_CHAR: '缺少引号、括号或冒号后的空格',
  UNEXPECTED_TOKEN: '有多余的符号',
  BAD_SCALAR_START: '值以 @ 或 ` 开头，要加引号',
  MULTILINE_IMPLICIT_KEY: '键占了多行，可能缺少冒号或引号',
  BAD_DQ_ESCAPE: '双引号里的反斜线写法不对',
  MULTIPLE_DOCS: '有多份 YAML（多余的 ---）',
};
