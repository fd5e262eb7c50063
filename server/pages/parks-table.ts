import { z } from 'zod';
import type { ParkSummary } from '../api/park-schema.ts';

const last = (value: unknown): unknown =>
  Array.isArray(value) ? (value as unknown[]).at(-1) : value;

/** The query string of `/parks`. */
export const parksRequestSchema = z.object({
  q: z.preprocess(last, z.string().max(100, '园区名最多 100 个字符').default('')),
  sort: z.preprocess(
    last,
    z.enum(['articles', 'name', 'place'], '排序应为 articles、name 或 place').default('articles'),
  ),
  group: z.preprocess(
    last,
    z.enum(['none', 'province', 'type'], '分组应为 none、province 或 type').default('none'),
  ),
});

export type ParksRequest = z.infer<typeof parksRequestSchema>;

export interface ParkGroup {
  /** The province or type; null when the table is not grouped. */
  readonly label: string | null;
  readonly parks: readonly ParkSummary[];
}

/** The shortest query string that {@link parksRequestSchema} reads back as the same request. */
export function serializeParksRequest(request: ParksRequest): string {
  const fields = new URLSearchParams();
  if (request.q !== '') fields.set('q', request.q);
  if (request.sort !== 'articles') fields.set('sort', request.sort);
  if (request.group !== 'none') fields.set('group', request.group);
  return fields.toString();
}

/** The parks whose name, place, type or pinyin id holds every word of `q`, sorted and grouped as asked. */
export function arrangeParks(parks: readonly ParkSummary[], request: ParksRequest): ParkGroup[] {
  const words = request.q.normalize('NFKC').toLowerCase().split(/\s+/u).filter(Boolean);
  const found = parks
    .filter((park) => words.every((word) => searchableText(park).includes(word)))
    .sort(COMPARE[request.sort]);
  if (request.group === 'none') return [{ label: null, parks: found }];
  const groups = new Map<string, ParkSummary[]>();
  for (const park of found) {
    const label = request.group === 'province' ? park.province : park.typeLabel;
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [park]);
    else group.push(park);
  }
  return [...groups].map(([label, members]) => ({ label, parks: members }));
}

function searchableText(park: ParkSummary): string {
  const { id, name, fullName, typeLabel, province, city } = park;
  const pinyin = id.replaceAll('-', '');
  return [id, pinyin, name, fullName, typeLabel, province, city].join('\n').toLowerCase();
}

const collator = new Intl.Collator('zh-CN');
const byName = (a: ParkSummary, b: ParkSummary) => collator.compare(a.name, b.name);

const COMPARE: Readonly<Record<ParksRequest['sort'], (a: ParkSummary, b: ParkSummary) => number>> =
  {
    articles: (a, b) => b.articles - a.articles || byName(a, b),
    name: byName,
    place: (a, b) =>
      collator.compare(a.province, b.province) || collator.compare(a.city, b.city) || byName(a, b),
  };
