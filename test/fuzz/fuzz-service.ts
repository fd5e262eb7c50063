import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { residentMb } from '../bench/ingest/process-watch.ts';
import { temporaryFolder } from '../service-for-tests.ts';
import { exited, trackProcesses } from '../service-process.ts';
import type { NewArticle } from './attacks/attack.ts';

const ADMIN_TOKEN = 'only-for-the-fuzz-run';

export interface FuzzService {
  readonly address: string;
  readonly port: number;
  readonly adminToken: string;
  /** Ids of articles of the sample corpus. */
  readonly ids: readonly string[];
  /** Takes in articles with `npm run index`; the exit status and what it said. */
  readonly index: (articles: readonly NewArticle[]) => Promise<string>;
  /** Resident memory, MB; 0 when it has ended. */
  readonly memoryMb: () => number;
  /** Ends it by force, whatever it is at. */
  readonly kill: () => Promise<void>;
  /** Starts it again when it has ended; what it said last when it ended by itself, else null. */
  readonly revive: () => Promise<string | null>;
  readonly output: () => string;
  /** Stops it; whether it ended by itself when it was told to. */
  readonly stop: () => Promise<boolean>;
}

/** The service over the sample corpus, in a folder of its own, behind a proxy that it trusts. */
export async function startFuzzService(): Promise<FuzzService> {
  const folder = temporaryFolder();
  const processes = trackProcesses();
  const environment = {
    DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: 'error',
    ENGINE_LIMIT_MS: '20000',
    ADMIN_TOKEN,
    WEBHOOK_PRIVATE: 'on',
    // Whoever comes without X-Forwarded-For comes from this machine, and is not limited.
    TRUST_PROXY: '1',
  };
  let service = await processes.startService(environment);
  const { address } = service;
  const { port } = new URL(address);
  let files = 0;
  let isKilled = false;
  const { hits } = z
    .object({ hits: z.array(z.object({ id: z.string() })) })
    .parse(await (await fetch(`${address}/api/search?size=20`)).json());

  return {
    address,
    port: Number(port),
    adminToken: ADMIN_TOKEN,
    ids: hits.map(({ id }) => id),
    async index(articles) {
      files += 1;
      const file = join(folder, `${files}.jsonl`);
      writeFileSync(file, articles.map((article) => JSON.stringify(article)).join('\n'));
      const command = processes.run('indexer/cli.ts', ['index', file], environment);
      return `${await exited(command.child)} ${command.output()}`;
    },
    memoryMb: () => residentMb(service.child.pid!),
    async kill() {
      isKilled = true;
      service.child.kill('SIGKILL');
      await exited(service.child);
    },
    async revive() {
      if (service.child.exitCode === null && service.child.signalCode === null) return null;
      const said = isKilled ? null : service.output().slice(-1_500);
      isKilled = false;
      service = await processes.startService({ ...environment, PORT: port });
      return said;
    },
    output: () => service.output(),
    async stop() {
      await processes.end();
      rmSync(folder, { recursive: true, force: true });
      return service.child.signalCode !== 'SIGKILL';
    },
  };
}
