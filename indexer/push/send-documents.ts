import type { EnqueuedTask, Meilisearch, MeilisearchErrorResponse } from 'meilisearch';
import { MeilisearchApiError, MeilisearchRequestError } from 'meilisearch';

const LIMIT_MS = 60_000;

/**
 * Has the engine add documents, given as gzipped lines of JSON; the client's own call takes no compressed
 * ones. The key is that of the client.
 * @throws MeilisearchApiError and MeilisearchRequestError as the client does.
 */
export async function sendDocuments(
  { config }: Meilisearch,
  uid: string,
  lines: Uint8Array<ArrayBuffer>,
): Promise<EnqueuedTask> {
  const url = new URL(`indexes/${uid}/documents?primaryKey=doc`, withSlash(config.host));
  let response: Response;
  let body: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-ndjson',
        'content-encoding': 'gzip',
        ...(config.apiKey === undefined ? {} : { authorization: `Bearer ${config.apiKey}` }),
      },
      body: lines,
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    body = await response.text();
  } catch (error) {
    throw new MeilisearchRequestError(url.href, error);
  }
  if (response.ok) return JSON.parse(body) as EnqueuedTask;
  throw new MeilisearchApiError(response, readError(body));
}

function readError(body: string): MeilisearchErrorResponse | undefined {
  try {
    return JSON.parse(body) as MeilisearchErrorResponse;
  } catch {
    // A proxy in between speaks HTML; the status says enough.
    return undefined;
  }
}

function withSlash(host: string): string {
  return host.endsWith('/') ? host : `${host}/`;
}
