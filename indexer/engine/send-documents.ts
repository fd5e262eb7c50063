import { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import type { EnqueuedTask, Meilisearch, MeilisearchErrorResponse } from 'meilisearch';
import { MeilisearchApiError, MeilisearchRequestError } from 'meilisearch';

const LINE_BREAK = Buffer.from('\n');
const LIMIT_MS = 120_000;
const UNPACKED_AT_ONCE = 2 ** 16;

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
  const url = `${config.host}/indexes/${uid}/documents?primaryKey=doc`;
  // The types of a browser, which has streams as answers only, do not know `duplex`.
  const request: RequestInit & { readonly duplex: 'half' } = {
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson',
      ...(config.apiKey === undefined ? {} : { authorization: `Bearer ${config.apiKey}` }),
    },
    body: ReadableStream.from(unpacked(pieces)) as BodyInit,
    duplex: 'half',
    // Else fetch keeps all that was sent, to send it again after a redirect.
    redirect: 'error',
    window: null,
    signal: AbortSignal.timeout(LIMIT_MS),
  };
  let response: Response;
  let body: string;
  try {
    response = await fetch(url, request);
    body = await response.text();
  } catch (error) {
    throw new MeilisearchRequestError(url, error);
  }
  if (response.ok) return JSON.parse(body) as EnqueuedTask;
  throw new MeilisearchApiError(response, readError(body));
}

/** A little at a time, beside what else this process does: all of it unpacked is some 200 MB. */
async function* unpacked(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    const lines = createGunzip({ chunkSize: UNPACKED_AT_ONCE });
    lines.end(piece);
    yield* lines as AsyncIterable<Uint8Array>;
    yield LINE_BREAK;
  }
}

function readError(body: string): MeilisearchErrorResponse | undefined {
  try {
    return JSON.parse(body) as MeilisearchErrorResponse;
  } catch {
    // A proxy in between speaks HTML; the status says enough.
    return undefined;
  }
}
