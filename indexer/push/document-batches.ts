import { gzipSync } from 'node:zlib';
import { MATCH_ALL_TERM } from '../../config/index-settings.ts';
import type { IndexEngine, PendingTask } from '../engine/index-engine.ts';
import { ONLY_NODE } from '../engine/index-engine.ts';
import type { Placement } from '../engine/placement.ts';
import { currentOwner, slotOf } from '../engine/placement.ts';

/** Documents for one engine: a line of JSON each, gzipped, as they wait in memory until it gets them. */
export interface DocumentBatch {
  readonly node: string;
  readonly lines: Uint8Array;
  /** Bytes of the lines unpacked. */
  readonly size: number;
}

export interface DocumentLine {
  readonly articleId: string;
  /** The number of the change that it is of. */
  readonly changedSeq: number;
  readonly json: string;
}

/** Packs documents for the engines that their articles belong to: all for one without a placement. */
export function packDocuments(
  documents: readonly DocumentLine[],
  placement: Placement | null,
): DocumentBatch[] {
  const shares = new Map<string, string[]>();
  const give = (node: string, line: string) => {
    const share = shares.get(node) ?? [];
    shares.set(node, share);
    share.push(line);
  };
  for (const { articleId, changedSeq, json } of documents) {
    if (placement === null) give(ONLY_NODE, json);
    else {
      const slot = slotOf(articleId);
      give(currentOwner(placement, slot), withPlace(json, slot, changedSeq));
    }
  }
  return [...shares].map(([node, lines]) => {
    const joined = lines.join('\n');
    // They are ASCII.
    return { node, lines: gzipSync(joined, { level: 1 }), size: joined.length };
  });
}

/**
 * A document with the slot that it is moved and hidden by, its place among those that rank alike, and the
 * term that finds every one.
 */
function withPlace(json: string, slot: number, written: number): string {
  return `{"slot":${slot},"written":${written},"any":"${MATCH_ALL_TERM}",${json.slice(1)}`;
}

/** Has each engine add what is for it; it works on tasks in the order in which they come. */
export async function sendBatches(
  nodes: readonly IndexEngine[],
  uid: string,
  batches: readonly DocumentBatch[],
  signal?: AbortSignal,
): Promise<PendingTask[]> {
  const pending: PendingTask[] = [];
  for (const node of nodes) {
    const theirs = batches.filter((batch) => batch.node === node.name);
    for (const pieces of requestsOf(theirs, node.takesAtOnce)) {
      signal?.throwIfAborted();
      pending.push(await node.add(uid, pieces));
    }
  }
  return pending;
}

function requestsOf(batches: readonly DocumentBatch[], most: number): Uint8Array[][] {
  const requests: Uint8Array[][] = [];
  let room = 0;
  for (const { lines, size } of batches) {
    if (size > room) {
      requests.push([]);
      room = most;
    }
    room -= size;
    requests.at(-1)!.push(lines);
  }
  return requests;
}

/** @throws EngineTaskError when an engine refuses its part. */
export async function waitForAll(
  pending: readonly PendingTask[],
  signal?: AbortSignal,
): Promise<void> {
  for (const finished of pending) await finished(signal);
}
