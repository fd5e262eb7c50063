import { haveSameNames } from '../engine/placement.ts';
import { forgetPlacement, placementOf, recordPlacement } from '../engine/placement-record.ts';
import type { Store } from '../store/database.ts';
import { forgetVocabulary } from '../store/vocabulary.ts';
import { writeStore } from '../store/write-store.ts';
import type { IndexNode } from '../engine/index-nodes.ts';
import { areSharded, countDocuments, createIndex, dropIndex } from '../engine/index-nodes.ts';
import type { IndexRecord } from './index-registry.ts';
import { forgetIndex, growingIndex, registerIndex } from './index-registry.ts';

export interface IndexMakerOptions {
  readonly store: Store;
  readonly nodes: readonly IndexNode[];
  /** What index names begin with. */
  readonly prefix: string;
  readonly fingerprint: string;
}

/** Makes and removes indexes, in the engines and in the store together. */
export function createIndexMaker({ store, nodes, prefix, fingerprint }: IndexMakerOptions) {
  const isSharded = areSharded(nodes);
  const names = nodes.map(({ name }) => name);

  /** Goes on with a half-built index of an interrupted run when it is made the same way. */
  async function resumeOrCreate(): Promise<IndexRecord> {
    const growing = growingIndex(store);
    if (growing !== null) {
      const isThere =
        liesOnOurs(growing.uid) && (await countDocuments(nodes, growing.uid)) !== null;
      if (growing.fingerprint === fingerprint && isThere) return growing;
      await drop(growing.uid);
    }
    const index = await writeStore(store, () => {
      const registered = registerIndex(store, prefix, fingerprint);
      if (isSharded) recordPlacement(store, registered.uid, { nodes: names, move: null });
      return registered;
    });
    await createIndex(nodes, index.uid);
    return index;
  }

  function liesOnOurs(uid: string): boolean {
    const placement = placementOf(store, uid);
    if (placement === null) return !isSharded;
    return placement.move === null && haveSameNames(placement.nodes, names);
  }

  /** Its name goes last, so that what a killed process left of it is removed by the next one. */
  async function drop(uid: string): Promise<void> {
    await dropIndex(nodes, uid);
    await forgetVocabulary(store, uid);
    await writeStore(store, () => {
      forgetPlacement(store, uid);
      forgetIndex(store, uid);
    });
  }

  return { resumeOrCreate, drop };
}
