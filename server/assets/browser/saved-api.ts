import { isRecord } from './answers.ts';
import { isOwnedSearch, type OwnedSearch } from './stored-lists.ts';

export interface News {
  readonly count: number;
  /** The arrival number to ask from next time. */
  readonly arrived: number;
}

/** Asks the server to rename the search; false when it refuses. */
export async function renameOnServer(search: OwnedSearch, name: string): Promise<boolean> {
  return (await call(search, 'PATCH', '', { name })).ok;
}

/** Asks the server to delete the search; what is gone already counts as deleted. */
export async function deleteOnServer(search: OwnedSearch): Promise<boolean> {
  const response = await call(search, 'DELETE');
  return response.ok || response.status === 404;
}

/** Asks the server to bring a deleted search back; false when it refuses. */
export async function restoreOnServer(search: OwnedSearch): Promise<boolean> {
  return (await call(search, 'POST', '/restore')).ok;
}

/** How many articles came in since this browser last looked; null when the server does not tell. */
export async function readNews({ id, seen }: OwnedSearch): Promise<News | null> {
  const since = seen === undefined ? '' : `?since=${seen}`;
  const response = await fetch(`/api/saved-searches/${encodeURIComponent(id)}/news${since}`);
  const answer: unknown = await response.json();
  if (!response.ok || !isRecord(answer)) return null;
  const { count, arrived } = answer;
  return typeof count === 'number' && typeof arrived === 'number' ? { count, arrived } : null;
}

/** Saves a search under a name; null when the server refuses. */
export async function saveOnServer(name: string, query: string): Promise<OwnedSearch | null> {
  const response = await fetch('/api/saved-searches', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, query }),
  });
  const created: unknown = await response.json();
  return response.ok && isOwnedSearch(created) ? created : null;
}

function call(
  search: OwnedSearch,
  method: string,
  below = '',
  body?: Readonly<Record<string, string>>,
): Promise<Response> {
  return fetch(`/api/saved-searches/${encodeURIComponent(search.id)}${below}`, {
    method,
    headers: {
      authorization: `Bearer ${search.token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
