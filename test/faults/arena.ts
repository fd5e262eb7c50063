import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { binarySources, findEngineBinary } from '../../indexer/engine/engine-binary.ts';
import { openEngineFolder } from '../../indexer/engine/engine-folder.ts';
import { signalProcess } from '../../indexer/engine/process-identity.ts';
import type { NewArticle } from '../fuzz/attacks/attack.ts';
import type { Started } from '../service-process.ts';
import { enginesOf, exited, trackProcesses } from '../service-process.ts';
import type { ProxyMode } from './engine-proxy.ts';

/** The file system of DATA_DIR, when it may be mounted: small, so that it can be filled. */
const DISK_MB = 1_000;
const ADMIN_TOKEN = 'only-for-the-fault-run';
/** A pinned port: clients that come back find the restarted service where it was. */
const RESTARTS_BEFORE_GIVING_UP = 5;

/** A service on a small disk, with a proxy before its engine, to which faults can be done. */
export interface Arena {
  readonly dataDir: string;
  readonly address: () => string;
  /** Whether DATA_DIR lies on a disk of its own that may be filled. */
  readonly hasOwnDisk: boolean;
  readonly adminToken: string;
  /** Starts `npm run index` on a file with these articles: a new one, or the one of that name again. */
  readonly startIndexer: (articles: readonly NewArticle[], name?: string) => Started;
  /** Starts a script of ours beside the service. */
  readonly run: (script: string, args: readonly string[]) => Started;
  readonly setProxy: (mode: ProxyMode) => void;
  readonly killServer: () => Promise<void>;
  readonly isServerDown: () => boolean;
  /** Starts the service again if it is down; what it said last when nobody had killed it, else null. */
  readonly ensureServer: () => Promise<string | null>;
  readonly serverOutput: () => string;
  readonly close: () => Promise<void>;
}

export async function openArena(): Promise<Arena> {
  const root = mkdtempSync(join(tmpdir(), 'park-news-faults-'));
  const dataDir = join(root, 'data');
  const inbox = join(root, 'inbox');
  for (const folder of [dataDir, inbox]) mkdirSync(folder);
  const hasOwnDisk = mountDisk(dataDir);
  const modeFile = join(root, 'proxy-mode.json');
  const program = (
    await findEngineBinary(binarySources(process.env['MEILI_BIN']), openEngineFolder(dataDir))
  ).path;
  const environment = {
    DATA_DIR: dataDir,
    SAMPLE_CORPUS: 'off',
    MEILI_BIN: writeLauncher(root),
    ENGINE_PROGRAM: program,
    PROXY_MODE_FILE: modeFile,
    LOG_LEVEL: 'warn',
    ADMIN_TOKEN,
    WEBHOOK_PRIVATE: 'on',
    TRUST_PROXY: '1',
  };
  const processes = trackProcesses();
  let server = await processes.startService(environment);
  const PORT = new URL(server.address).port;
  let files = 0;
  let isKilled = false;
  const isServerDown = () => server.child.exitCode !== null || server.child.signalCode !== null;

  return {
    dataDir,
    hasOwnDisk,
    address: () => server.address,
    adminToken: ADMIN_TOKEN,
    startIndexer(articles, name) {
      files += 1;
      const file = join(inbox, `${name ?? String(files).padStart(4, '0')}.jsonl`);
      const lines = articles.map(({ id, title, text, date }) =>
        JSON.stringify({ id, title, text, date }),
      );
      writeFileSync(file, lines.join('\n'));
      return processes.run('indexer/cli.ts', ['index', file], environment);
    },
    run: (script, args) => processes.run(script, args, environment),
    setProxy: (mode) => writeFileSync(modeFile, JSON.stringify(mode)),
    async killServer() {
      isKilled = true;
      server.child.kill('SIGKILL');
      await exited(server.child);
    },
    isServerDown,
    async ensureServer() {
      const said = isServerDown() && !isKilled ? server.output().slice(-1_500) : null;
      isKilled = false;
      for (let attempt = 1; isServerDown(); attempt += 1) {
        try {
          server = await processes.startService({ ...environment, PORT });
        } catch (error) {
          if (attempt === RESTARTS_BEFORE_GIVING_UP) throw error;
          await sleep(1_000);
        }
      }
      return said;
    },
    serverOutput: () => server.output(),
    async close() {
      await processes.end();
      for (const pid of enginesOf(dataDir)) signalProcess(pid, 'SIGKILL');
      if (hasOwnDisk) execFileSync('umount', ['--lazy', dataDir]);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function mountDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    // Not root, or not allowed to: the rounds that fill the disk are then left out, and that is said.
    return false;
  }
}

/** A program that starts proxied-engine.ts with the arguments of the engine. */
function writeLauncher(folder: string): string {
  const launcher = join(folder, 'engine');
  const script = fileURLToPath(new URL('proxied-engine.ts', import.meta.url));
  const loader = import.meta.resolve('tsx');
  writeFileSync(
    launcher,
    `#!/bin/sh\nexec "${process.execPath}" --import "${loader}" "${script}" "$@"\n`,
  );
  chmodSync(launcher, 0o755);
  return launcher;
}
