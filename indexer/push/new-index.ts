import type { IndexEngine } from '../engine/index-engine.ts';
import { areSharded, countDocuments, createIndex, dropIndex } from '../engine/index-engine.ts';
import { forgetPlacement, recordPlacement } from '../engine/placement.ts';
import type { Store } from '../store/database.ts';
import { forgetVocabulary } from '../store/vocabulary.ts';
import { writeStore } from '../store/write-store.ts';
import { isPlaced } from './index-fault.ts';
import type { IndexRecord } from './index-registry.ts';
import { forgetIndex, growingIndex, registerIndex } from './index-registry.ts';

/** Goes on with a half-built index of an interrupted run when it is made the same way; else begins one. */
export async function resumeOrCreate(
  store: Store,
  nodes: readonly IndexEngine[],
  prefix: string,
  fingerprint: string,
): Promise<IndexRecord> {
  const growing = growingIndex(store);
  if (growing !== null) {
    const isThere =
      isPlaced(nodes, store, growing.uid) && (await countDocuments(nodes, growing.uid)) !== null;
    if (growing.fingerprint === fingerprint && isThere) return growing;
    await removeIndex(store, nodes, growing.uid);
  }
  const index = await writeStore(store, () => {
    const registered = registerIndex(store, prefix, fingerprint);
    const names = nodes.map(({ name }) => name);
    if (areSharded(nodes)) recordPlacement(store, registered.uid, { nodes: names, move: null });
    return registered;
  });
  await createIndex(nodes, index.uid);
  return index;
}

/**
 * Removes an index, in the engines and in the store. Its name goes last, so that what a killed process left
 * of it is removed by the next one.
 */
export async function removeIndex(
  store: Store,
  nodes: readonly IndexEngine[],
  uid: string,
): Promise<void> {
  await dropIndex(nodes, uid);
  await forgetVocabulary(store, uid);
  await writeStore(store, () => {
    forgetPlacement(store, uid);
    forgetIndex(store, uid);
  });
}
