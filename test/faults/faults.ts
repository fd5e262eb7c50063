import { endNpm } from './kinds/end-npm.ts';
import { cutConnection, delayConnection, flipBytes, killEngine } from './kinds/engine-faults.ts';
import { fillDisk } from './kinds/fill-disk.ts';
import { holdStore } from './kinds/hold-store.ts';
import { largeFile } from './kinds/large-file.ts';
import { killIndexer, killServer, twoIndexers } from './kinds/process-faults.ts';
import { rawSockets } from './kinds/raw-sockets.ts';
import { rebuild } from './kinds/rebuild.ts';
import { vastNews } from './kinds/vast-articles.ts';
import { webhooks } from './kinds/webhooks.ts';
import type { Fault } from './fault.ts';

/** What an operator, another program, bad luck or a visitor can do, each equally often. */
export const FAULTS: readonly Fault[] = [
  killEngine,
  killServer,
  killIndexer,
  cutConnection,
  delayConnection,
  fillDisk,
  flipBytes,
  twoIndexers,
  endNpm,
  holdStore,
  largeFile,
  rebuild,
  vastNews,
  webhooks,
  rawSockets,
];
