/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface ReadAnswers {
  readonly answers: readonly RawAnswer[];
  /** Whether something stands after the last whole answer: an answer cut short, or one still coming. */
  readonly isCut: boolean;
  /** Why the bytes are no HTTP answers; null: they are. */
  readonly problem: string | null;
}

const STATUS_LINE = /^HTTP\/1\.[01] (\d{3}) [\t\x20-\x7e\x80-\xff]*$/;
const HEADER_LINE = /^([!#$%&'*+.^`|~\w-]+):([\t\x20-\x7e\x80-\xff]*)$/;
const CHUNK_SIZE = /^[\da-f]{1,8}$/i;

/** Nothing more can be read: the bytes end within an answer. */
class CutShort extends Error {}
/** The bytes are no answer. */
class Malformed extends Error {}

/**
 * Reads what came back on one connection as strictly as a proxy should. `methods` are those of the requests
 * sent, in order: an answer to HEAD has no body, whatever its head says.
 */
export function readAnswers(
  bytes: Buffer,
  methods: readonly string[],
  hasEnded: boolean,
): ReadAnswers {
  const text = bytes.toString('latin1');
  const answers: RawAnswer[] = [];
  let at = 0;
  try {
    while (at < text.length) {
      const read = readAnswer(text, at, methods[answers.length] ?? 'GET', hasEnded);
      at = read.end;
      // “100 Continue” is no answer yet.
      if (read.answer.status >= 200) answers.push(read.answer);
    }
    return { answers, isCut: false, problem: null };
  } catch (error) {
    if (error instanceof CutShort) return { answers, isCut: true, problem: null };
    if (error instanceof Malformed) return { answers, isCut: true, problem: error.message };
    throw error;
  }
}

function readAnswer(text: string, from: number, method: string, hasEnded: boolean) {
  const headEnd = text.indexOf('\r\n\r\n', from);
  if (headEnd === -1) throw new CutShort();
  const [statusLine = '', ...lines] = text.slice(from, headEnd).split('\r\n');
  const status = Number(STATUS_LINE.exec(statusLine)?.[1] ?? NaN);
  if (Number.isNaN(status))
    throw new Malformed(`不是状态行：${JSON.stringify(statusLine.slice(0, 80))}`);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value = ''] = HEADER_LINE.exec(line) ?? [];
    if (name === undefined) throw new Malformed(`不是响应头：${JSON.stringify(line.slice(0, 80))}`);
    headers.set(name.toLowerCase(), value.trim());
  }
  const bodyAt = headEnd + 4;
  const { body, end } = readBody(text, bodyAt, method, status, headers, hasEnded);
  return { answer: { status, headers, body }, end };
}

function readBody(
  text: string,
  from: number,
  method: string,
  status: number,
  headers: ReadonlyMap<string, string>,
  hasEnded: boolean,
): { readonly body: string; readonly end: number } {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304)
    return { body: '', end: from };
  if (headers.get('transfer-encoding')?.toLowerCase() === 'chunked') return readChunks(text, from);
  const length = headers.get('content-length');
  if (length === undefined) {
    if (!hasEnded) throw new CutShort();
    return { body: text.slice(from), end: text.length };
  }
  if (!/^\d+$/.test(length)) throw new Malformed(`Content-Length: ${length}`);
  const end = from + Number(length);
  if (end > text.length) throw new CutShort();
  return { body: text.slice(from, end), end };
}

function readChunks(text: string, from: number) {
  const parts: string[] = [];
  for (let at = from; ;) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd === -1) throw new CutShort();
    const size = text.slice(at, lineEnd);
    if (!CHUNK_SIZE.test(size))
      throw new Malformed(`不是块的长度：${JSON.stringify(size.slice(0, 80))}`);
    const start = lineEnd + 2;
    at = start + parseInt(size, 16) + 2;
    if (at > text.length) throw new CutShort();
    if (text.slice(at - 2, at) !== '\r\n') throw new Malformed('块没有按长度结束');
    if (start === at - 2) return { body: parts.join(''), end: at };
    parts.push(text.slice(start, at - 2));
  }
}
