import { parkTypeLabel, parkTypes, type Gazetteer } from '../../config/gazetteer.ts';
import type { FacetName, FacetValue, SearchRequest } from '../api/search-schema.ts';
import { FACETS } from '../api/search-schema.ts';
import type { FacetCounts } from './engine-search.ts';

const KINDS: Readonly<Record<string, string>> = { story: '报道', brief: '简讯', photo: '图片新闻' };
const TYPE_ORDER = new Map<string, number>(parkTypes.map(({ type }, index) => [type, index]));

/** Of a facet the commonest values are shown, so many of them at most. */
const MOST_SHOWN = 2_000;

/**
 * The commonest values with labels, the selected ones always among them (with 0 when nothing fits any more).
 */
export function facetValues(
  counts: FacetCounts,
  request: SearchRequest,
  gazetteer: Gazetteer,
): Record<FacetName, FacetValue[]> {
  const valuesOf = (facet: FacetName): FacetValue[] => {
    const counted = new Map(Object.entries(counts[facet] ?? {}));
    const chosen = new Set<string>(request[facet]);
    for (const value of chosen) if (!counted.has(value)) counted.set(value, 0);
    return commonest(counted, chosen)
      .map(([value, count]) => {
        const province = facet === 'park' ? gazetteer.byId.get(value)?.province : undefined;
        return {
          value,
          label: facetLabel(facet, value, gazetteer),
          count,
          selected: chosen.has(value),
          ...(province !== undefined && { group: province }),
        };
      })
      .sort(order(facet));
  };
  return Object.fromEntries(FACETS.map((facet) => [facet, valuesOf(facet)])) as Record<
    FacetName,
    FacetValue[]
  >;
}

function commonest(
  counted: ReadonlyMap<string, number>,
  chosen: ReadonlySet<string>,
): (readonly [string, number])[] {
  const all = [...counted];
  if (all.length <= MOST_SHOWN) return all;
  const isChosen = (value: string) => Number(chosen.has(value));
  return all
    .sort(([a, few], [b, many]) => isChosen(b) - isChosen(a) || many - few)
    .slice(0, MOST_SHOWN);
}

/** Made once: `localeCompare` makes one for every comparison. */
const collator = new Intl.Collator('zh-CN');

function order(facet: FacetName): (a: FacetValue, b: FacetValue) => number {
  const rank = ({ value }: FacetValue) => TYPE_ORDER.get(value) ?? TYPE_ORDER.size;
  if (facet === 'year' || facet === 'month') return (a, b) => b.value.localeCompare(a.value);
  if (facet === 'type') return (a, b) => rank(a) - rank(b);
  return (a, b) => b.count - a.count || collator.compare(a.label, b.label);
}

/** What a person reads for a facet's value. */
export function facetLabel(facet: FacetName, value: string, gazetteer: Gazetteer): string {
  switch (facet) {
    case 'park':
      return gazetteer.byId.get(value)?.name ?? value.replace(/^unlisted:/, '');
    case 'type':
      return parkTypeLabel(value);
    case 'year':
      return `${value}年`;
    case 'month':
      return `${value.slice(0, 4)}年${Number(value.slice(5))}月`;
    case 'kind':
      return KINDS[value] ?? value;
    case 'province':
    case 'source':
      return value;
    default:
      return facet satisfies never;
  }
}
