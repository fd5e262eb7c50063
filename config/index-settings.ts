import type { Settings } from 'meilisearch';

/** Fields of a document in the engine; all text in them is opaque (see indexer/analyzer/opaque.ts). */
const SEARCHABLE_FIELDS = ['title', 'body'] as const;

const FILTERABLE_FIELDS = [
  'park',
  'province',
  'type',
  'source',
  'kind',
  'year',
  'month',
  'firstDay',
  'lastDay',
] as const;

/**
 * Lets a query be limited to documents that were found otherwise, and a list longer than
 * {@link MAX_TOTAL_HITS} be walked by ranges of document numbers.
 */
const DOC_NUMBERS = {
  attributePatterns: ['doc'],
  features: { facetSearch: false, filter: { equality: true, comparison: true } },
} as const;

/** As far as pages reach: 1,000 of 50 hits. Totals are exact below it. */
export const MAX_TOTAL_HITS = 50_000;

/** Values of a facet that are counted, by name: above it those at the end are left out. */
export const MAX_FACET_VALUES = 10_000;

/**
 * Settings of every article index. `byAttribute` and no prefix search make the index about four times smaller and two
 * to three times faster to build; ranking happens in the server, so the engine's own order only picks candidates. The
 * `attribute` rule is left out because it causes slow outliers. `exactness` tells little of fields that hold distinct
 * terms, but without it several engines put the hits of alternatives in another order than one does (`npm run
 * bench:shards`: 94 instead of 100 % of pages alike). Facet values come by name, since the engine counts them so
 * three times as fast as by number; the server puts them in order.
 */
export const INDEX_SETTINGS = {
  searchableAttributes: [...SEARCHABLE_FIELDS],
  displayedAttributes: ['doc'],
  filterableAttributes: [...FILTERABLE_FIELDS, DOC_NUMBERS],
  sortableAttributes: ['firstDay'],
  rankingRules: ['words', 'sort', 'exactness'],
  proximityPrecision: 'byAttribute',
  prefixSearch: 'disabled',
  typoTolerance: { enabled: false },
  pagination: { maxTotalHits: MAX_TOTAL_HITS },
  faceting: { maxValuesPerFacet: MAX_FACET_VALUES, sortFacetValuesBy: { '*': 'alpha' } },
  // Opaque terms are lower-case ASCII letters: without a locale the engine would guess one.
  localizedAttributes: [{ attributePatterns: ['*'], locales: ['eng'] }],
  searchCutoffMs: 1_500,
} as const satisfies Readonly<Record<string, unknown>>;

/** Stands in the field `any` of every document that lies on one of several engines. */
export const MATCH_ALL_TERM = 'any';

/**
 * What indexes over several engines have in addition. Hits that rank alike come in the order in which they
 * were written, which is the order that one engine gives them by itself: else those of the first engine
 * would all come before those of the second.
 */
export const SHARD_SETTINGS = {
  searchableAttributes: [...SEARCHABLE_FIELDS, 'any'],
  filterableAttributes: [
    ...FILTERABLE_FIELDS,
    DOC_NUMBERS,
    {
      attributePatterns: ['slot'],
      features: { facetSearch: false, filter: { equality: true, comparison: false } },
    },
  ],
  rankingRules: [...INDEX_SETTINGS.rankingRules, 'written:asc'],
} as const satisfies Readonly<Record<string, unknown>>;

/** A mutable copy in the client's own type, for an index on one engine or over several. */
export function indexSettings(isSharded: boolean): Settings {
  const settings = isSharded ? { ...INDEX_SETTINGS, ...SHARD_SETTINGS } : INDEX_SETTINGS;
  return structuredClone(settings) as unknown as Settings;
}
