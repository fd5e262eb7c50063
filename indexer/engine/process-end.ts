import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const actions = new Set<() => void>();

/**
 * Calls `action` when this process ends: by itself, by an error, or by one of the usual signals when
 * nobody else in the process handles it. It must be synchronous. Returns the function that undoes this.
 */
export function onProcessEnd(action: () => void): () => void {
  if (actions.size === 0) {
    process.on('exit', runActions);
    // In front, because a `once` listener that ran before us would no longer be counted.
    for (const signal of SIGNALS) process.prependListener(signal, endUnlessHandled);
  }
  actions.add(action);
  return () => {
    actions.delete(action);
    if (actions.size > 0) return;
    process.off('exit', runActions);
    for (const signal of SIGNALS) process.off(signal, endUnlessHandled);
  };
}

function runActions(): void {
  for (const action of actions) action();
}

/** Our listening switches off what the signal would do by default, so we do it, with the usual status. */
function endUnlessHandled(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
}
