import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Random } from '../bench/typesetting.ts';
import type { KeptSearch, Ledger } from './ledger.ts';
import { PARKS, THEMES } from './news.ts';

const PAUSE_MS = 60;
const ANSWER_LIMIT_MS = 20_000;

const hits = z.object({
  total: z.int(),
  query: z.object({ hints: z.array(z.object({ type: z.string() })) }),
  hits: z.array(z.object({ id: z.string() })),
});
const saved = z.object({ id: z.string() });

export type Found = z.infer<typeof hits>;

/** The answer of a search; null when the service is away or says 503. Other answers are losses. */
export async function ask(address: string, query: string, ledger: Ledger): Promise<Found | null> {
  const response = await reach(`${address}/api/search?${query}`);
  if (response === null || response.status === 503) {
    ledger.searches.refused += 1;
    return null;
  }
  if (response.status !== 200) {
    ledger.losses.push(`检索 ${query} 得到状态 ${response.status}：${response.body.slice(0, 200)}`);
    return null;
  }
  ledger.searches.answered += 1;
  return hits.parse(JSON.parse(response.body));
}

/** Searches, and now and then saves a search, until the signal; every hit of every answer is checked. */
export async function searchAllTheTime(
  address: () => string,
  ledger: Ledger,
  random: Random,
  signal: AbortSignal,
): Promise<void> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  for (let round = 1; !signal.aborted; round += 1) {
    await sleep(PAUSE_MS);
    if (round % 40 === 0) {
      await save(address(), `检索${round}`, `q=${pick(THEMES)}&park=guiyang-gaoxinqu`, ledger);
      continue;
    }
    const known =
      ledger.acknowledged.length > 0 && random() < 0.4 ? pick(ledger.acknowledged) : null;
    const words = known === null ? [pick(THEMES), pick(PARKS)] : [known.mark];
    await check(address(), words, random() < 0.3, ledger);
  }
}

async function check(
  address: string,
  words: readonly string[],
  exact: boolean,
  ledger: Ledger,
): Promise<void> {
  const q = words.map((word) => (exact ? `"${word}"` : word)).join(' ');
  const found = await ask(address, new URLSearchParams({ q, size: '50' }).toString(), ledger);
  if (found === null) return;
  const isRelaxed = found.query.hints.some(({ type }) => type === 'relaxed');
  const seen = new Set<string>();
  for (const { id } of found.hits) {
    if (seen.has(id)) ledger.losses.push(`检索 ${q}：${id} 出现两次`);
    seen.add(id);
    const article = ledger.offered.get(id);
    const text = `${article?.title ?? ''}${article?.text ?? ''}`;
    const has = (word: string) => text.includes(word);
    if (!(isRelaxed ? words.some(has) : words.every(has)))
      ledger.losses.push(`检索 ${q} 答错：${id} 不含这些词`);
  }
}

/** Saves a search and enters it in the ledger. */
export async function save(
  address: string,
  name: string,
  query: string,
  ledger: Ledger,
): Promise<void> {
  const response = await reach(`${address}/api/saved-searches`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, query } satisfies Omit<KeptSearch, 'id'>),
  });
  // 409: as many as one client may have.
  if (response === null || [409, 503].includes(response.status)) return;
  if (response.status === 201)
    ledger.saved.push({ ...saved.parse(JSON.parse(response.body)), name, query });
  else ledger.losses.push(`保存检索得到状态 ${response.status}：${response.body.slice(0, 200)}`);
}

/** Null when nobody answers. */
export async function reach(
  url: string,
  init: RequestInit = {},
): Promise<{ readonly status: number; readonly body: string } | null> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    if (error instanceof TypeError) return null;
    if (error instanceof DOMException && error.name === 'TimeoutError') return null;
    throw error;
  }
}
