import { parse as parseQueryString } from 'node:querystring';
import { z } from 'zod';
import type { Gazetteer, Park } from '../../config/gazetteer.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import { searchRequestSchema } from '../api/search-schema.ts';
import { serializeRequest } from '../html/search-links.ts';
import type { Clause } from '../search/clause.ts';
import type { SearchDependencies } from '../search/engine-search.ts';

/** A park that a query names in its words. */
export const namedParkSchema = z.object({ id: z.string(), typed: z.string() });

/** What a person wanted to be kept: the query as typed, and which parks its words meant at that time. */
export interface SavedIntent {
  /** The query string of a search page. */
  readonly query: string;
  readonly parks: readonly z.infer<typeof namedParkSchema>[];
}

/** Keeps and opens searches as intent: 近三个月 stays what was typed and is read anew on the day it is opened. */
export function createIntents({
  gazetteer,
  queries,
}: Pick<SearchDependencies, 'gazetteer' | 'queries'>) {
  const idOf = parkIds(gazetteer);

  const parksIn = (request: SearchRequest): ReadonlySet<string> =>
    new Set(queries.understand(request).clauses.flatMap((clause) => namedIn(clause, idOf)));

  return {
    /**
     * The shortest form of a search page's query string, without the page number, so that what is kept
     * is the intent.
     * @throws ZodError, QuerySyntaxError or QueryTooBroadError when no search page could show it.
     */
    read(query: string): SavedIntent {
      const request = requestOf(query);
      const parks = [...parksIn(request)].flatMap((id) => {
        const typed = nameIn(request.q, gazetteer.byId.get(id));
        return typed === null ? [] : [{ id, typed }];
      });
      return { query: serializeRequest(request), parks };
    },

    /** The search that was meant; a park whose name has changed since is asked for by its name of today. */
    open({ query, parks }: SavedIntent): SearchRequest {
      const request = requestOf(query);
      if (parks.length === 0) return request;
      const known = parksIn(request);
      const renamed = parks.filter(({ id }) => !known.has(id));
      const q = renamed.reduce((text, { id, typed }) => {
        const today = gazetteer.byId.get(id)?.name;
        return today === undefined ? text : text.replaceAll(typed, today);
      }, request.q);
      return { ...request, q };
    },
  };
}

function requestOf(query: string): SearchRequest {
  const fields = parseQueryString(query.replace(/^[^?]*\?/, ''));
  return searchRequestSchema.parse({ ...fields, page: undefined });
}

function namedIn({ must, mustNot }: Clause, idOf: (name: string) => string | undefined): string[] {
  return [...must, ...mustNot].flatMap((literal) => {
    if (literal.type === 'named-park') return [literal.id];
    return literal.type === 'park' ? (idOf(literal.name) ?? []) : [];
  });
}

function parkIds({ parks }: Gazetteer): (name: string) => string | undefined {
  const ids = new Map(
    parks.flatMap((park) => namesOf(park).map((name): [string, string] => [name, park.id])),
  );
  return (name) => ids.get(name);
}

/** The longest of the park's names that the text has; null when it is written in another way. */
function nameIn(text: string, park: Park | undefined): string | null {
  if (park === undefined) return null;
  const names = [
    ...namesOf(park),
    ...park.ambiguousAliases,
    ...park.formerNames.map(({ name }) => name),
  ].filter((name) => text.includes(name));
  return names.sort((a, b) => b.length - a.length)[0] ?? null;
}

function namesOf(park: Park): string[] {
  return [park.name, park.fullName, ...park.aliases];
}
