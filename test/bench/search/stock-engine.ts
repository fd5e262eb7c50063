import { Meilisearch } from 'meilisearch';
import type { Engine } from '../../../indexer/engine/engine.ts';
import type { EngineLog } from '../../../indexer/engine/engine-log.ts';

const complain = (message: string) => void process.stderr.write(`${message}\n`);

/** Says only what went wrong. */
export const quietLog: EngineLog = { info: () => undefined, warn: complain, error: complain };

/** A client with the master key; answers come uncompressed, as ours ask for them. */
export function plainClient({ url, masterKey }: Pick<Engine, 'url' | 'masterKey'>): Meilisearch {
  return new Meilisearch({
    host: url,
    ...(masterKey === undefined ? {} : { apiKey: masterKey }),
    requestInit: { headers: { 'accept-encoding': 'identity' } },
  });
}
