/**
 * Holds the write transaction of an article store, as another program may:
 * `node --import tsx test/faults/hold-store.ts DATA_DIR MILLISECONDS`
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';

const [dataDir = '', forMs = ''] = process.argv.slice(2);
const store = new Database(join(dataDir, 'articles.sqlite'), { timeout: 30_000 });
store.exec('BEGIN IMMEDIATE');
process.stdout.write('held\n');
await sleep(Number(forMs));
store.exec('ROLLBACK');
store.close();
