/** The kinds of park, in the order in which lists and facets show them, with their Chinese labels. */
export const parkTypes = [
  { type: 'high-tech', label: '高新区' },
  { type: 'economic', label: '经开区' },
  { type: 'bonded', label: '综保区' },
  { type: 'new-area', label: '国家级新区' },
  { type: 'ftz', label: '自贸试验区' },
  { type: 'innovation-demo', label: '自创区' },
  { type: 'other', label: '其他' },
] as const;

export type ParkType = (typeof parkTypes)[number]['type'];

const labels = new Map<string, string>(parkTypes.map(({ type, label }) => [type, label]));

/** The Chinese label of a park type; the type itself when it is unknown. */
export function parkTypeLabel(type: string): string {
  return labels.get(type) ?? type;
}
