import { gunzipSync } from 'node:zlib';
import type { EnqueuedTask, Meilisearch, MeilisearchErrorResponse } from 'meilisearch';
import { MeilisearchApiError, MeilisearchRequestError } from 'meilisearch';

const LINE_BREAK = Buffer.from('\n');
const LIMIT_MS = 120_000;

/**
 * Has the engine add documents in one request and so in one go, given as gzipped pieces of lines of JSON:
 * of several requests the engine would begin with the first alone. The key is the client's, whose own call
 * takes strings, of two bytes a character.
 * @throws MeilisearchApiError and MeilisearchRequestError as the client does.
 */
export async function sendDocuments(
  { config }: Meilisearch,
  uid: string,
  pieces: readonly Uint8Array[],
): Promise<EnqueuedTask> {
  const url = new URL(`indexes/${uid}/documents?primaryKey=doc`, withSlash(config.host));
  let response: Response;
  let body: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-ndjson',
        ...(config.apiKey === undefined ? {} : { authorization: `Bearer ${config.apiKey}` }),
      },
      body: Buffer.concat(pieces.flatMap((piece) => [gunzipSync(piece), LINE_BREAK])),
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
