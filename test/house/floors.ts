/**
 * The floors of the house: a folder imports from floors below its own, and from no other folder of its floor.
 * What is not named here has no floor, and the architecture test says so.
 */
const INDEXER = [
  ['config'],
  ['indexer/core'],
  ['indexer/readers', 'indexer/analyzer'],
  ['indexer/articles'],
  ['indexer/annotators'],
  ['indexer/store'],
  ['indexer/duplicates', 'indexer/documents'],
  ['indexer/engine'],
  ['indexer/push'],
  ['indexer/ingest'],
  ['indexer/backup'],
  ['indexer/commands'],
  ['indexer'],
] as const;

const SERVER = [
  ['server/languages', 'server/query', 'server/api', 'server/http'],
  ['server/html', 'server/assets'],
  ['server/rewrites', 'server/highlight'],
  ['server/search'],
  ['server/articles', 'server/parks', 'server/saved-searches', 'server/telemetry'],
  ['server/suggestions', 'server/webhooks'],
  ['server/pages'],
  ['server/routes'],
  ['server'],
] as const;

const FLOORS: readonly (readonly string[])[] = [...INDEXER, ...SERVER];

/** The folder that a file of the product counts as part of: `indexer/engine` for all that lies below it. */
export function folderOf(file: string): string {
  const [house = '', room, ...rest] = file.split('/');
  return house === 'config' || rest.length === 0 ? house : `${house}/${room}`;
}

/** Counted from 0; -1 for a folder that has none. */
export function floorOf(folder: string): number {
  return FLOORS.findIndex((folders) => folders.includes(folder));
}
