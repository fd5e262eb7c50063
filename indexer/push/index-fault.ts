import type { IndexEngine } from '../engine/index-engine.ts';
import { areSharded, countDocuments } from '../engine/index-engine.ts';
import { allNodes, haveSameNames, placementOf } from '../engine/placement.ts';
import { countArticles } from '../store/articles.ts';
import { latestSeq } from '../store/changes.ts';
import type { Store } from '../store/database.ts';
import { haveSameDocuments } from './index-fingerprint.ts';
import type { IndexRecord } from './index-registry.ts';

/** Why an index cannot stay as it is. */
export type IndexFault =
  /** Its documents are what they should be; the engine can apply the new settings by itself. */
  | { readonly type: 'settings' }
  /** It lies on other engines than those we have, or is on its way: `npm run rebalance` sets it right. */
  | { readonly type: 'misplaced'; readonly reason: string }
  /** Complete, but made with other words or parks: good enough until there is a new one; or by other rules. */
  | { readonly type: 'outdated'; readonly reason: string }
  /** Missing, or not complete. */
  | { readonly type: 'broken'; readonly reason: string };

/** What is wrong with an index that should be of this fingerprint; null when nothing is. */
export async function findIndexFault(
  nodes: readonly IndexEngine[],
  store: Store,
  index: IndexRecord,
  fingerprint: string,
): Promise<IndexFault | null> {
  const placement = placementOf(store, index.uid);
  const names = placement === null ? [] : allNodes(placement);
  const holding = placement === null ? nodes : nodes.filter(({ name }) => names.includes(name));
  if (areSharded(nodes) !== (placement !== null) || holding.length === 0)
    return { type: 'broken', reason: '索引不在现在所设的引擎上' };
  const documents = await countDocuments(holding, index.uid);
  if (documents === null) return { type: 'broken', reason: '引擎里没有这个索引' };
  // Before all changes are in, the numbers differ for good reason; while articles are moved, documents are
  // not to be found, or to be found twice.
  const isCaughtUp = index.appliedSeq === latestSeq(store);
  const articles = countArticles(store);
  const isOnOurs = isPlaced(nodes, store, index.uid);
  if (isOnOurs && isCaughtUp && documents !== articles)
    return { type: 'broken', reason: `索引里有 ${documents} 篇，文章库里有 ${articles} 篇` };
  if (!haveSameDocuments(index.fingerprint, fingerprint))
    return { type: 'outdated', reason: '词表、名录或分词已变' };
  if (index.fingerprint !== fingerprint) return { type: 'settings' };
  if (isOnOurs) return null;
  return {
    type: 'misplaced',
    reason:
      (placement?.move ?? null) === null
        ? 'MEILI_SHARDS 与索引现在所在的引擎不同，请运行 npm run rebalance'
        : '上一次 npm run rebalance 还没有做完，请再运行一次',
  };
}

/** Whether an index lies on our engines and no others, and nothing of it is on its way. */
export function isPlaced(nodes: readonly IndexEngine[], store: Store, uid: string): boolean {
  const placement = placementOf(store, uid);
  if (placement === null) return !areSharded(nodes);
  const ours = nodes.map(({ name }) => name);
  return placement.move === null && haveSameNames(placement.nodes, ours);
}

/** Whether all articles of an index can be written: every engine that it lies on is among ours. */
export function canWrite(nodes: readonly IndexEngine[], store: Store, uid: string): boolean {
  const placement = placementOf(store, uid);
  const ours = nodes.map(({ name }) => name);
  return placement === null || allNodes(placement).every((name) => ours.includes(name));
}
