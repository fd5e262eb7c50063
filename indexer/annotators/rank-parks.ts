import type { AnnotatedField, Annotation, ArticlePark, ParkAnnotation } from './annotation.ts';

/**
 * The parks of an article, the primary one first: what the headline names weighs most, then the
 * lines around it, then the lead, then how often the text names the park. Equal weights: the one
 * named first in reading order.
 */
export function rankParks(annotations: readonly Annotation[]): readonly ArticlePark[] {
  const weights = new Map<string, { park: ParkAnnotation; weight: number; mentions: number }>();
  const fieldsSeen = new Set<string>();
  for (const park of annotations) {
    if (park.type !== 'park') continue;
    const entry = weights.get(park.parkId) ?? { park, weight: 0, mentions: 0 };
    weights.set(park.parkId, entry);
    entry.mentions++;
    if (park.field === 'text') entry.weight += 1 / (1 + entry.mentions / 20);
    if (park.field === 'text' && park.start < LEAD && isFirst(fieldsSeen, park, 'lead'))
      entry.weight += 3;
    if (isFirst(fieldsSeen, park, park.field)) entry.weight += fieldWeights[park.field];
  }
  return [...weights.values()]
    .sort((a, b) => score(b) - score(a))
    .map(({ park, mentions }) => ({
      id: park.parkId,
      name: park.name,
      listed: park.listed,
      mentions,
    }));
}

// The first paragraph of a news story, more or less.
const LEAD = 150;

const fieldWeights: Readonly<Record<AnnotatedField, number>> = {
  title: 30,
  kicker: 12,
  subtitle: 12,
  caption: 0.5,
  text: 0,
  byline: 0,
  metadata: 0,
};

/** A name only shaped like a park must be clearly ahead of a park that we know. */
function score({ park, weight }: { park: ParkAnnotation; weight: number }): number {
  return park.listed ? weight : weight * 0.9;
}

function isFirst(seen: Set<string>, park: ParkAnnotation, where: string): boolean {
  const key = `${park.parkId} ${where}`;
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}
