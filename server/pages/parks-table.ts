import { changedFields } from '../html/search-links.ts';
import { once, wholeNumber } from '../api/search-schema.ts';
import { z } from 'zod';
import type { ParkSummary } from '../api/park-schema.ts';

/** The query string of `/parks`. */
export const parksRequestSchema = z.object({
  q: once(z.string().max(100, '园区名最多 100 个字符').default('')),
  sort: once(
    z
      .enum(['articles', 'name', 'place', 'type'], '排序应为 articles、name、place 或 type')
      .default('articles'),
  ),
  order: once(z.enum(['usual', 'reverse'], '顺序应为 usual 或 reverse').default('usual')),
  group: once(
    z.enum(['none', 'province', 'type'], '分组应为 none、province 或 type').default('none'),
  ),
  page: once(wholeNumber('页码').min(1, '页码从 1 开始').default(1)),
});

export type ParksRequest = z.infer<typeof parksRequestSchema>;

export interface ParkGroup {
  /** The province or type; null when the table is not grouped. */
  readonly label: string | null;
  readonly parks: readonly ParkSummary[];
}

/** The shortest query string that {@link parksRequestSchema} reads back as the same request. */
export function serializeParksRequest(request: ParksRequest): string {
  return new URLSearchParams(changedFields(request, DEFAULTS)).toString();
}

const DEFAULTS = parksRequestSchema.parse({});

/** The group of parks of which it is not known where they lie. */
export const NO_PLACE = '所在地不详';

/** How many parks stand on a page of the table. */
export const PARKS_A_PAGE = 200;

/** The parks of the request's page, sorted and grouped as asked. */
export function arrangeParks(parks: readonly ParkSummary[], request: ParksRequest): ParkGroup[] {
  const compare = COMPARE[request.sort];
  const sorted = [...parks].sort(
    (a, b) =>
      collator.compare(groupOf(a, request.group), groupOf(b, request.group)) ||
      (request.order === 'usual' ? compare(a, b) : compare(b, a)),
  );
  const start = (request.page - 1) * PARKS_A_PAGE;
  const groups = new Map<string, ParkSummary[]>();
  for (const park of sorted.slice(start, start + PARKS_A_PAGE)) {
    const label = groupOf(park, request.group);
    const members = groups.get(label) ?? [];
    members.push(park);
    groups.set(label, members);
  }
  return [...groups].map(([label, members]) => ({
    label: request.group === 'none' ? null : label,
    parks: members,
  }));
}

function groupOf(park: ParkSummary, group: ParksRequest['group']): string {
  if (group === 'none') return '';
  if (group === 'type') return park.typeLabel;
  return park.province === '' ? NO_PLACE : park.province;
}

const collator = new Intl.Collator('zh-CN');
const byName = (a: ParkSummary, b: ParkSummary) => collator.compare(a.name, b.name);

const COMPARE: Readonly<Record<ParksRequest['sort'], (a: ParkSummary, b: ParkSummary) => number>> =
  {
    articles: (a, b) => b.articles - a.articles || byName(a, b),
    name: byName,
    place: (a, b) =>
      collator.compare(a.province, b.province) || collator.compare(a.city, b.city) || byName(a, b),
    type: (a, b) =>
      collator.compare(a.typeLabel, b.typeLabel) || b.articles - a.articles || byName(a, b),
  };
