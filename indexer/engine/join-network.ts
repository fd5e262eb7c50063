import { z } from 'zod';
import type { Engine } from './engine.ts';
import { masterClient } from './engine.ts';

/** An engine that others put searches to; its name is its address. */
export interface Remote {
  readonly name: string;
  readonly searchKey: string | undefined;
}

const networkSchema = z.object({
  self: z.string().nullish(),
  remotes: z.record(z.string(), z.object({ searchApiKey: z.string().nullish() })).nullish(),
});

/**
 * Tells an engine who it is and where the others are, so that it can put a search to all of them: its
 * experimental feature `network`. Others that it knows already stay known. The engine's `sharding` stays
 * off: it is not free, and which article lies where is ours to say.
 */
export async function joinNetwork(
  engine: Pick<Engine, 'url' | 'masterKey'>,
  remotes: readonly Remote[],
): Promise<void> {
  const client = masterClient(engine);
  if ((await client.getExperimentalFeatures()).network !== true)
    await client.updateExperimentalFeatures({ network: true });
  const { self, remotes: known } = networkSchema.parse(await client.getNetwork());
  const isKnown = ({ name, searchKey }: Remote) => known?.[name]?.searchApiKey === searchKey;
  if (self === engine.url && remotes.every(isKnown)) return;
  await client.updateNetwork({
    self: engine.url,
    remotes: Object.fromEntries(
      remotes.map(({ name, searchKey }) => [name, { url: name, searchApiKey: searchKey ?? null }]),
    ),
  });
}
