import { expect } from 'vitest';
import { z } from 'zod';
import {
  createdSavedSearchSchema,
  newsResponseSchema,
} from '../../server/api/saved-search-schema.ts';

/** What JSON Feed demands, and what ours always has. */
export const jsonFeedSchema = z.object({
  version: z.string().startsWith('https://jsonfeed.org/version/1'),
  title: z.string(),
  home_page_url: z.url(),
  feed_url: z.url(),
  items: z.array(
    z.object({
      id: z.string().min(1),
      title: z.string(),
      url: z.url(),
      content_html: z.string(),
      date_published: z.iso.datetime(),
      date_modified: z.iso.datetime(),
    }),
  ),
});

interface Asked {
  readonly body?: unknown;
  readonly token?: string;
  /** Of the reader's pages. */
  readonly language?: 'en' | 'zh-Hant';
}

/** Requests to the saved searches of a service, each answer checked. */
export function savedSearchClient(address: string) {
  function send(
    method: string,
    path: string,
    { body, token, language }: Asked = {},
  ): Promise<Response> {
    return fetch(address + path, {
      method,
      redirect: 'manual',
      headers: {
        'Content-Type': 'application/json',
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(language === undefined ? {} : { Cookie: `lang=${language}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  return {
    send,
    async save(name: string, query: string) {
      const response = await send('POST', '/api/saved-searches', { body: { name, query } });
      expect(response.status).toBe(201);
      return createdSavedSearchSchema.parse(await response.json());
    },
    async news(id: string, since?: number) {
      const asked = since === undefined ? '' : `?since=${since}`;
      const response = await send('GET', `/api/saved-searches/${id}/news${asked}`);
      return newsResponseSchema.parse(await response.json());
    },
    async jsonFeed(id: string) {
      const response = await send('GET', `/s/${id}/feed.json`);
      expect(response.headers.get('content-type')).toContain('application/feed+json');
      return jsonFeedSchema.parse(await response.json());
    },
  };
}
