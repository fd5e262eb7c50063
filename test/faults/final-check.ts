import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { savedSearchSchema } from '../../server/api/saved-search-schema.ts';
import type { Ledger } from './ledger.ts';
import { ask, reach } from './searching.ts';

const CATCH_UP_LIMIT_MS = 180_000;
const exported = z.object({ id: z.string() });

/** Looks for everything that was promised, and notes as lost what is not there exactly once. */
export async function checkPromises(address: string, ledger: Ledger): Promise<void> {
  await waitForIndex(address, ledger);
  for (const { id, mark } of ledger.acknowledged) {
    const byId = await reach(`${address}/api/articles/${id}`);
    if (byId?.status !== 200) ledger.losses.push(`文章 ${id} 按编号找不到（${byId?.status}）`);
    const found = await ask(address, `q=${mark}`, ledger);
    if (found?.total !== 1 || found.hits[0]?.id !== id)
      ledger.losses.push(`文章 ${id} 按 ${mark} 检索到 ${found?.total} 篇`);
  }
  for (const { id, name, query } of ledger.saved) {
    const answer = await reach(`${address}/api/saved-searches/${id}`);
    const kept = answer?.status === 200 ? savedSearchSchema.parse(JSON.parse(answer.body)) : null;
    if (kept?.name !== name || !isSameQuery(kept.query, query))
      ledger.losses.push(`保存的检索 ${id} 不在了或变了（${answer?.status}）`);
  }
  await checkExport(address, ledger);
}

/** The index follows by itself, within some seconds; what it lacks after that, it will lack for ever. */
async function waitForIndex(address: string, ledger: Ledger): Promise<void> {
  const last = ledger.acknowledged.at(-1);
  const deadline = Date.now() + CATCH_UP_LIMIT_MS;
  while (last !== undefined && Date.now() < deadline) {
    if ((await ask(address, `q=${last.mark}`, ledger))?.total === 1) return;
    await sleep(500);
  }
}

async function checkExport(address: string, ledger: Ledger): Promise<void> {
  const answer = await reach(`${address}/api/export?format=jsonl`);
  const ids = (answer?.body ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => exported.parse(JSON.parse(line)).id);
  if (new Set(ids).size !== ids.length) ledger.losses.push('导出中有文章出现两次');
  for (const id of ids) if (!ledger.offered.has(id)) ledger.losses.push(`导出中有不明文章 ${id}`);
  const listed = new Set(ids);
  for (const { id } of ledger.acknowledged)
    if (!listed.has(id)) ledger.losses.push(`导出中没有文章 ${id}`);
}

/** The service writes a query in its own way: other order, other escapes. */
function isSameQuery(kept: string, given: string): boolean {
  const inOrder = (query: string) => [...new URLSearchParams(query)].map(String).sort().join();
  return inOrder(kept) === inOrder(given);
}
