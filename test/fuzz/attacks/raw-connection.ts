import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../../../indexer/engine/process-identity.ts';
import type { Target } from './attack.ts';
import type { RawAnswer, ReadAnswers } from './read-answers.ts';
import { readAnswers } from './read-answers.ts';

/** Addresses of this machine, so that who attacks is another client than who is innocent. */
const ATTACKERS = 40;
const LOOK_EVERY_MS = 10;
const BYTES_A_MILLISECOND = 50_000;

export interface RawConnection {
  readonly socket: Socket;
  readonly received: () => Buffer;
  /** Whether the other side has ended or reset the connection. */
  readonly hasEnded: () => boolean;
}

/**
 * A connection of the client with that number; what is received is kept. A stubborn one stays open on this
 * side when the other has ended it.
 */
export function openConnection({ port }: Target, client = 0, isStubborn = false): RawConnection {
  const socket = connect({
    port,
    allowHalfOpen: isStubborn,
    host: '127.0.0.1',
    localAddress: `127.0.1.${1 + (client % ATTACKERS)}`,
  });
  const chunks: Buffer[] = [];
  let ended = false;
  socket.on('data', (chunk) => void chunks.push(chunk));
  socket.on('end', () => (ended = true));
  socket.on('close', () => (ended = true));
  socket.on('error', (error) => {
    // To be thrown out is what an attacker has to expect.
    if (!hasCode(error, 'ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ETIMEDOUT')) throw error;
  });
  return { socket, received: () => Buffer.concat(chunks), hasEnded: () => ended };
}

export interface Exchange {
  /** What is sent, in one piece. */
  readonly bytes: Buffer | string;
  /** Of the requests in it, in order. */
  readonly methods?: readonly string[];
  /** Waits for so many answers at most; by default for one a method. */
  readonly most?: number;
  /** Then the connection is let go. */
  readonly withinMs?: number;
  readonly client?: number;
  /** For what is found. */
  readonly what: string;
}

/**
 * Sends bytes on a new connection, waits until it is answered, ended or over, and judges what came:
 * whole HTTP answers with a status that a service may give, no more of them than requests.
 */
export async function exchange(target: Target, sent: Exchange): Promise<readonly RawAnswer[]> {
  const { bytes, methods = ['GET'], most = methods.length, withinMs = 2_000, what } = sent;
  const connection = openConnection(target, sent.client);
  connection.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  const read = () => readAnswers(connection.received(), methods, connection.hasEnded());
  const deadline = Date.now() + withinMs;
  let seen = -1;
  let now: ReadAnswers = { answers: [], isCut: false, problem: null };
  while (Date.now() < deadline && !connection.hasEnded() && now.answers.length < most) {
    // A large answer is read again each time.
    await sleep(LOOK_EVERY_MS + connection.socket.bytesRead / BYTES_A_MILLISECOND);
    if (connection.socket.bytesRead === seen) continue;
    seen = connection.socket.bytesRead;
    now = read();
  }
  now = read();
  connection.socket.destroy();
  if (now.problem !== null) target.note(`${what}：应答不是 HTTP：${now.problem}`);
  if (now.isCut && connection.hasEnded()) target.note(`${what}：应答没有完`);
  if (now.answers.length > most)
    target.note(`${what}：${most} 个请求得到 ${now.answers.length} 个应答`);
  for (const answer of now.answers) judgeStatus(target, what, answer);
  return now.answers;
}

/** Notes a status that no request may lead to: a fault of the service, or a refusal without its remedy. */
function judgeStatus({ note }: Target, what: string, { status, headers, body }: RawAnswer): void {
  if (status < 500 || status === 501 || status === 505) return;
  if (status === 503 && headers.has('retry-after')) return;
  note(`${what}：状态 ${status} ${Buffer.from(body, 'latin1').toString().slice(0, 200)}`);
}

/** Holds so many connections for the time of the target, each begun with the bytes, and lets them go. */
export async function holdConnections(
  target: Target,
  count: number,
  bytes: (number: number) => string,
  whileHeld: (connections: readonly RawConnection[]) => void = () => undefined,
): Promise<void> {
  const connections = Array.from({ length: count }, (_, number) => {
    const connection = openConnection(target, number, true);
    connection.socket.write(Buffer.from(bytes(number), 'latin1'));
    return connection;
  });
  whileHeld(connections);
  await sleep(target.holdMs);
  for (const { socket } of connections) socket.destroy();
}
