import { z } from 'zod';
import { MAX_QUERY_LENGTH, once } from '../api/search-schema.ts';
import { withQuery, changedFields } from '../html/search-links.ts';

/** More lines than this could not be told apart. */
export const MOST_PARKS = 6;

export const STEPS = [
  { step: 'year', label: '按年' },
  { step: 'month', label: '按月' },
] as const;

const list = (given: unknown): unknown[] =>
  [...new Set([given ?? []].flat())].filter((one) => one !== '');

const word = z.string().max(MAX_QUERY_LENGTH, `检索词最多 ${MAX_QUERY_LENGTH} 个字符`);

/** By year or by month; left out, whichever suits the time span. */
export const stepSchema = once(z.enum(['year', 'month'], '时间应为 year 或 month').optional());

/** The query string of `/compare`. */
export const compareRequestSchema = z.object({
  park: z.preprocess(
    list,
    z
      .array(z.string().max(200, '园区编号最多 200 个字符'))
      .max(MOST_PARKS, `最多同时比较 ${MOST_PARKS} 个园区，请先去掉一个`),
  ),
  q: once(word.default('')),
  by: stepSchema,
  /** Rewrites to leave undone. */
  literal: z.preprocess(list, z.array(word).max(50, '最多 50 个值')),
  /** The name of a park to be added. */
  add: once(z.string().max(100, '园区名最多 100 个字符').default('')),
});

/** Characters of an address that stands in some twenty links of the page. */
const LONGEST_ADDRESS = 10_000;

/** Whether a comparison is short enough for its page. */
export function fitsInLinks(request: CompareRequest): boolean {
  return compareHref(request).length <= LONGEST_ADDRESS;
}

export type CompareRequest = z.infer<typeof compareRequestSchema>;

/** Name and value of every parameter that differs from its default. */
export function compareFields(request: Partial<CompareRequest>): [string, string][] {
  return changedFields(request, EMPTY);
}

const EMPTY: CompareRequest = { park: [], q: '', by: undefined, literal: [], add: '' };

/** Address of the comparison, the shortest that {@link compareRequestSchema} reads back as the same. */
export function compareHref(request: Partial<CompareRequest>): string {
  return withQuery('/compare', new URLSearchParams(compareFields(request)).toString());
}
