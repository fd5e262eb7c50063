import type { Fault } from '../fault.ts';

export const killServer: Fault = {
  name: 'kill server',
  measured: 'none',
  run: ({ arena }) => arena.killServer(),
};

export const killIndexer: Fault = {
  name: 'kill indexer',
  measured: 'all',
  run({ indexer }) {
    indexer.child.kill('SIGKILL');
    return Promise.resolve();
  },
};

export const twoIndexers: Fault = {
  name: 'two indexers',
  measured: 'all',
  isAtOnce: true,
  run({ startIndexer }) {
    startIndexer();
    return Promise.resolve();
  },
};
