import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { clientKey, isLoopback } from './access/client-address.ts';
import { RewrittenConnection } from './raw-urls.ts';

export interface ConnectionLimits {
  /** Connections in all. */
  readonly most: number;
  /** Connections of one client; this machine may have them all. */
  readonly mostOfOne: number;
  /** After so long a reader that takes nothing of its answer is let go. */
  readonly unreadForMs: number;
  /** How many proxies stand before the service: their connections are those of many clients. */
  readonly trustProxy: number;
}

export interface Connections {
  /** The answers that a connection still waits for, in the order in which they were asked for. */
  readonly unanswered: (connection: Duplex) => readonly ServerResponse[];
}

interface Connection {
  readonly client: string;
  readonly answers: Set<ServerResponse>;
}

/**
 * Bounds what connections cost that ask for nothing or do not read their answer. With too many of them, of
 * one client or in all, the one is closed that has been idle longest, else the one that has left its
 * answer unread longest; those that are worked for stay, and the new one is refused.
 */
export function watchConnections(server: Server, limits: ConnectionLimits): Connections {
  const { most, mostOfOne, unreadForMs, trustProxy } = limits;
  /** In the order in which something last happened on them. */
  const open = new Map<Duplex, Connection>();

  server.on('connection', (socket: Duplex) => {
    if (!(socket instanceof Socket)) return;
    const address = socket.remoteAddress ?? '';
    const client = clientKey(address);
    const answers = new Set<ServerResponse>();
    open.set(socket, { client, answers });
    socket.once('close', () => {
      open.delete(socket);
      process.nextTick(endAll, answers);
    });
    if (open.size > most) closeOneOf([...open.keys()], socket);
    else if (trustProxy === 0 && open.size > mostOfOne && !isLoopback(address)) {
      const own = [...open].filter(([, other]) => other.client === client).map(([one]) => one);
      if (own.length > mostOfOne) closeOneOf(own, socket);
    }
  });

  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const socket = socketBehind(request.socket);
    const answers = open.get(socket)?.answers;
    answers?.add(response);
    touch(socket);
    // A streamed export alone has as many listeners as Node thinks sane.
    response.setMaxListeners(response.getMaxListeners() * 2);
    // Without a listener an error of one answer would end the process; the log has it from pino-http.
    response.on('error', () => socket.destroy());
    response.once('close', () => {
      answers?.delete(response);
      touch(socket);
    });
  });

  server.setTimeout(unreadForMs, (socket) => {
    const isWorkedFor = unanswered(socket).some(isUnderWay) && socket.writableLength === 0;
    if (!isWorkedFor) socket.destroy();
  });

  function unanswered(connection: Duplex): readonly ServerResponse[] {
    return [...(open.get(socketBehind(connection))?.answers ?? [])];
  }

  function touch(socket: Duplex): void {
    const connection = open.get(socket);
    if (connection === undefined) return;
    open.delete(socket);
    open.set(socket, connection);
  }

  function closeOneOf(sockets: readonly Duplex[], newest: Socket): void {
    const others = sockets.filter((socket) => socket !== newest && !socket.destroyed);
    const idle = others.find((socket) => unanswered(socket).length === 0);
    const unread = idle ?? others.find((socket) => !unanswered(socket).some(isUnderWay));
    (unread ?? newest).destroy();
  }

  return { unanswered };
}

function socketBehind(connection: Duplex): Duplex {
  return connection instanceof RewrittenConnection ? connection.socket : connection;
}

function isUnderWay(response: ServerResponse): boolean {
  return !response.writableEnded;
}

/** Of the answers that a closed connection waited for, Node tells only the first. */
function endAll(answers: Iterable<ServerResponse>): void {
  for (const response of answers) {
    if (response.closed) continue;
    response.destroy();
    response.emit('close');
  }
}
