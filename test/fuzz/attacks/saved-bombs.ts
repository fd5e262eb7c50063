import { z } from 'zod';

const savedSchema = z.object({ id: z.string(), token: z.string() });

export type SavedBomb = z.infer<typeof savedSchema>;

/** Saves the query and has its news sent to the receiver; nothing when the query is refused. */
export async function saveBomb(address: string, q: string, receiver: string): Promise<SavedBomb[]> {
  const response = await fetch(`${address}/api/saved-searches`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: '很多短语', query: new URLSearchParams({ q }).toString() }),
  });
  const body = await response.text();
  if (response.status !== 201) return [];
  const saved = savedSchema.parse(JSON.parse(body));
  const set = await fetch(`${address}/api/saved-searches/${saved.id}/webhook`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${saved.token}` },
    body: JSON.stringify({ url: receiver }),
  });
  await set.arrayBuffer();
  return [saved];
}

export async function removeBomb(address: string, { id, token }: SavedBomb): Promise<void> {
  const removed = await fetch(`${address}/api/saved-searches/${id}`, {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${token}` },
  });
  await removed.arrayBuffer();
}
