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
  // The types of a browser, which has streams as answers only, do not know `duplex`.
  const request: RequestInit & { readonly duplex: 'half' } = {
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson',
      ...(config.apiKey === undefined ? {} : { authorization: `Bearer ${config.apiKey}` }),
    },
    body: unpacked(pieces),
    duplex: 'half',
    signal: AbortSignal.timeout(LIMIT_MS),
  };
  let response: Response;
  let body: string;
  try {
    response = await fetch(url, request);
    body = await response.text();
  } catch (error) {
    throw new MeilisearchRequestError(url.href, error);
  }
  if (response.ok) return JSON.parse(body) as EnqueuedTask;
  throw new MeilisearchApiError(response, readError(body));
}

/** One after the other: unpacked, thirty thousand articles take 60 MB. */
function unpacked(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const left = pieces.values();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = left.next();
      if (done === true) {
        controller.close();
        return;
      }
      controller.enqueue(gunzipSync(value));
      controller.enqueue(LINE_BREAK);
    },
  });
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
