import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswers } from './attacks/read-answers.ts';

const read = (text: string, methods: readonly string[] = ['GET', 'GET'], hasEnded = false) =>
  readAnswers(Buffer.from(text, 'latin1'), methods, hasEnded);
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';

describe('readAnswers', () => {
  it('tells answers on one connection apart', () => {
    const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na\r\n\r\n0\r\n\r\n';
    const { answers, isCut, problem } = read(OK + chunked + OK);
    expect(answers.map(({ body }) => body)).toEqual(['hi', 'a\r\n', 'hi']);
    expect([isCut, problem]).toEqual([false, null]);
  });

  it('knows answers without a body, and the one that the end of the connection ends', () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n';
    const empty = 'HTTP/1.1 304 Not Modified\r\n\r\n';
    const open = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nno';
    const { answers } = read(
      `HTTP/1.1 100 Continue\r\n\r\n${head}${empty}${open}`,
      ['HEAD', 'GET', 'GET'],
      true,
    );
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, ''],
      [304, ''],
      [400, 'no'],
    ]);
  });

  it.each([
    ['no status line', 'HTTP/1.1 OK\r\n\r\n'],
    ['bytes after an answer', `${OK}hi\r\n\r\n`],
    ['a header without a colon', 'HTTP/1.1 200 OK\r\nx y\r\n\r\n'],
    ['a line end within a header', 'HTTP/1.1 200 OK\r\nx: a\nb: c\r\n\r\n'],
    ['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nhi'],
    [
      'a chunk that is longer than it says',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n',
    ],
  ])('names what is no answer: %s', (_what, text) => {
    expect(read(text).problem).not.toBeNull();
  });

  it('finds no more in a part than in the whole, and no fault', () => {
    fc.assert(
      fc.property(fc.nat(OK.length * 3), (length) => {
        const { answers, isCut, problem } = read(OK.repeat(3).slice(0, length));
        expect(problem).toBeNull();
        expect(answers).toHaveLength(Math.floor(length / OK.length));
        expect(isCut).toBe(length % OK.length > 0);
      }),
    );
  });
});
