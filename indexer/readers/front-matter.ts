import { parseYamlMapping, type YamlMapping } from './yaml-mapping.ts';

export interface FrontMatter extends YamlMapping {
  readonly body: string;
  /** The number of the body's first line, counted from 1. */
  readonly bodyLine: number;
}

/** No front matter is longer; what looks longer is a text that begins with a rule. */
const MOST_LINES = 200;

/** True when a text begins with front matter: `---`, keys and values, `---`. Takes a head, too. */
export function beginsWithFrontMatter(text: string): boolean {
  return findFence(text) !== null;
}

/** Returns the front matter of a text and the text after it, or null when it begins with none. */
export function splitFrontMatter(text: string): FrontMatter | null {
  const fence = findFence(text);
  if (fence === null) return null;
  const mapping = parseYamlMapping(fence.lines.join('\n'));
  const { problem } = mapping;
  return {
    values: mapping.values,
    problem: problem === null ? null : { ...problem, line: problem.line + fence.firstLine - 1 },
    body: text.slice(fence.end),
    bodyLine: fence.firstLine + fence.lines.length + 1,
  };
}

interface Fence {
  readonly lines: readonly string[];
  readonly firstLine: number;
  /** Offset of the body. */
  readonly end: number;
}

function findFence(text: string): Fence | null {
  let at = 0;
  let number = 1;
  const nextLine = (): string | null => {
    if (at >= text.length) return null;
    const newline = text.indexOf('\n', at);
    const line = text.slice(at, newline < 0 ? text.length : newline);
    at = newline < 0 ? text.length : newline + 1;
    number++;
    return line;
  };
  let line = nextLine();
  while (line !== null && line.trim() === '' && number < 20) line = nextLine();
  if (line === null || !/^---[ \t]{0,20}$/.test(line)) return null;
  const firstLine = number;
  const lines: string[] = [];
  for (line = nextLine(); line !== null && lines.length < MOST_LINES; line = nextLine()) {
    if (/^(?:---|\.\.\.)[ \t]{0,20}$/.test(line)) {
      const hasKey = lines.some((candidate) => /^[^\s:#-][^:：]{0,60}[:：]/.test(candidate));
      return hasKey ? { lines, firstLine, end: at } : null;
    }
    lines.push(line);
  }
  return null;
}
