import { gzipSync } from 'node:zlib';
import type { EnqueuedTask } from 'meilisearch';
import { TERM_OF_ALL } from '../../config/index-settings.ts';
import { waitForTask } from '../engine/wait-for-task.ts';
import type { Placement } from '../engine/placement.ts';
import { currentOwner } from '../engine/placement.ts';
import { slotOf } from '../engine/rendezvous.ts';
import type { IndexNode } from '../engine/index-nodes.ts';
import { ANY_ENGINE_TAKES, ONLY_NODE } from '../engine/index-nodes.ts';
import { sendDocuments } from './send-documents.ts';

/** Documents for one engine: a line of JSON each, gzipped, as they wait in memory until it gets them. */
export interface Parcel {
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

export interface PendingTask {
  readonly node: IndexNode;
  readonly task: EnqueuedTask;
}

const FAST = { level: 1 };

/** Packs documents for the engines that their articles belong to: all for one without a placement. */
export function packDocuments(
  documents: readonly DocumentLine[],
  placement: Placement | null,
): Parcel[] {
  const shares = new Map<string, string[]>();
  for (const { articleId, changedSeq, json } of documents) {
    const slot = placement === null ? null : slotOf(articleId);
    const node = placement === null || slot === null ? ONLY_NODE : currentOwner(placement, slot);
    const share = shares.get(node) ?? [];
    shares.set(node, share);
    share.push(slot === null ? json : withPlace(json, slot, changedSeq));
  }
  return [...shares].map(([node, lines]) => {
    const joined = lines.join('\n');
    // They are ASCII.
    return { node, lines: gzipSync(joined, FAST), size: joined.length };
  });
}

/**
 * A document with the slot that it is moved and hidden by, its place among those that rank alike, and the
 * term that finds every one.
 */
function withPlace(json: string, slot: number, written: number): string {
  return `{"slot":${slot},"written":${written},"any":"${TERM_OF_ALL}",${json.slice(1)}`;
}

/** Has each engine add what is for it; it works on tasks in the order in which they come. */
export async function sendParcels(
  nodes: readonly IndexNode[],
  uid: string,
  parcels: readonly Parcel[],
  signal?: AbortSignal,
): Promise<PendingTask[]> {
  const pending: PendingTask[] = [];
  for (const node of nodes) {
    const theirs = parcels.filter((parcel) => parcel.node === node.name);
    for (const pieces of requestsOf(theirs, node.takesAtOnce ?? ANY_ENGINE_TAKES)) {
      signal?.throwIfAborted();
      pending.push({ node, task: await sendDocuments(node.documents, uid, pieces) });
    }
  }
  return pending;
}

function requestsOf(parcels: readonly Parcel[], most: number): Uint8Array[][] {
  const requests: Uint8Array[][] = [];
  let room = 0;
  for (const { lines, size } of parcels) {
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
  for (const { node, task } of pending) await waitForTask(node.documents, task, signal);
}
