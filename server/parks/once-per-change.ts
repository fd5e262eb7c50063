import { latestSeq } from '../../indexer/store/changes.ts';
import type { Store } from '../../indexer/store/database.ts';

/** The same question to the store, asked again only after the corpus changed. */
export function oncePerChange<Answer>(store: Store, ask: () => Answer): () => Answer {
  let kept: { readonly seq: number; readonly answer: Answer } | undefined;
  return () => {
    const seq = latestSeq(store);
    if (kept?.seq !== seq) kept = { seq, answer: ask() };
    return kept.answer;
  };
}
