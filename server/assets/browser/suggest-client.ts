import type { Suggestion } from '../../api/park-schema.ts';
import { isRecord } from './record-check.ts';

export type BoxSuggestion = Pick<Suggestion, 'text' | 'label' | 'count'> & {
  readonly type: Suggestion['type'] | 'recent';
};

/**
 * Suggestions for what is typed.
 * None when the server has no answer; rejects with `AbortError` when a later request took its place.
 */
export async function fetchSuggestions(
  typed: string,
  signal: AbortSignal,
): Promise<BoxSuggestion[]> {
  const address = `/api/suggest?${new URLSearchParams({ q: typed }).toString()}`;
  const response = await fetch(address, { signal, headers: { accept: 'application/json' } });
  if (!response.ok) return [];
  const body: unknown = await response.json();
  if (!isRecord(body) || !Array.isArray(body['suggestions'])) return [];
  return body['suggestions'].filter(isSuggestion);
}

function isSuggestion(value: unknown): value is BoxSuggestion {
  return (
    isRecord(value) &&
    typeof value['text'] === 'string' &&
    typeof value['label'] === 'string' &&
    (value['type'] === 'park' || value['type'] === 'word' || value['type'] === 'title') &&
    (value['count'] === undefined || typeof value['count'] === 'number')
  );
}
