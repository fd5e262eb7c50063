import { isBeingBuilt } from '../../indexer/push/index-registry.ts';
import type { IndexAudit } from '../../indexer/push/index-audit.ts';
import { growth } from '../../indexer/push/index-growth.ts';
import { searchableIndex } from '../../indexer/push/index-registry.ts';
import type { Store } from '../../indexer/store/database.ts';

/** What is going on behind the pages; who looks after index and word lists writes it. */
export interface ServiceState {
  /** Why a new index is being made; null when none is. */
  renewal: string | null;
  /** Whether edited word lists wait for annotations and index to be made of them. */
  isTakingUpWordLists: boolean;
  wordListsReadAt: Date;
  /** What is wrong with edited word lists, those before being in use still; null: nothing. */
  wordListProblem: string | null;
  lastAudit: (IndexAudit & { readonly at: Date }) | null;
}

export function createServiceState(): ServiceState {
  return {
    renewal: null,
    isTakingUpWordLists: false,
    wordListsReadAt: new Date(),
    wordListProblem: null,
    lastAudit: null,
  };
}

/** That searches are answered from what will soon be replaced, or not at all yet. */
export interface Rebuilding {
  readonly reason: string;
  /** Of 100; null before it is known. */
  readonly progress: number | null;
}

/** What a reader must know of the state; null when all is as it should be. */
export function rebuilding(store: Store, state: Readonly<ServiceState>): Rebuilding | null {
  const reason = reasonToRebuild(store, state);
  return reason === null ? null : { reason, progress: growth(store) };
}

function reasonToRebuild(store: Store, state: Readonly<ServiceState>): string | null {
  if (state.renewal !== null) return state.renewal;
  if (state.isTakingUpWordLists) return '词表已改';
  return isBeingBuilt(store) ? '另一个进程在重建索引' : null;
}

/** The same for a reader, in one sentence. */
export function stateNotice(store: Store, state: Readonly<ServiceState>): string | null {
  const now = rebuilding(store, state);
  if (now === null) return null;
  const done = now.progress === null ? '' : `（已完成 ${now.progress}%）`;
  return searchableIndex(store) === null
    ? `索引正在建立${done}，建好后即可检索。`
    : `索引正在重建${done}，期间照常检索，但结果可能不全或不是最新的。`;
}
