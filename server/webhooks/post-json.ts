import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { withCombinedSignal } from '../../indexer/core/combined-signal.ts';
import { parseWebhookUrl, publicLookup } from './webhook-address.ts';

const ANSWER_WITHIN_MS = 10_000;

export interface JsonPost {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly allowPrivate: boolean;
}

/**
 * Sends JSON once and returns the answer's status; a redirect is an answer like any other and is not
 * followed, and of the body nothing is read.
 * @throws WebhookAddressError for an address that must not be called; network errors and time-outs.
 */
export async function postJson(post: JsonPost, signal: AbortSignal): Promise<number> {
  const url = parseWebhookUrl(post.url, post.allowPrivate);
  return withCombinedSignal([signal], (joint) => send(url, post, joint), ANSWER_WITHIN_MS);
}

async function send(url: URL, post: JsonPost, signal: AbortSignal): Promise<number> {
  const begin = url.protocol === 'https:' ? requestHttps : requestHttp;
  const request = begin(url, {
    method: 'POST',
    // A connection that is kept could have been made under another answer of the name servers.
    agent: false,
    lookup: publicLookup(post.allowPrivate),
    signal,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(post.body),
      'User-Agent': 'park-news-search',
      ...post.headers,
    },
  });
  try {
    return await new Promise<number>((resolve, reject) => {
      request.on('response', ({ statusCode = 0 }) => resolve(statusCode));
      request.on('error', reject);
      request.end(post.body);
    });
  } finally {
    request.destroy();
  }
}
