import { parse as parseQueryString } from 'node:querystring';
import type { SearchRequest } from '../api/search-schema.ts';
import { searchRequestSchema } from '../api/search-schema.ts';
import { serializeRequest } from '../pages/search-links.ts';
import { parseQuery } from '../query/parse-query.ts';

/**
 * The query string of a search page in its shortest form, without the page number, so that what is
 * kept is the intent.
 * @throws ZodError or QuerySyntaxError when no search page could show it.
 */
export function checkSavedQuery(query: string): string {
  const request = savedRequest(query);
  parseQuery(request.q);
  return serializeRequest(request);
}

/** The search that a kept query string asks for. */
export function savedRequest(query: string): SearchRequest {
  const fields = parseQueryString(query.replace(/^[^?]*\?/, ''));
  return searchRequestSchema.parse({ ...fields, page: undefined });
}
