import type { Annotator, ParkAnnotation } from './annotation.ts';
import { articleFields } from './article-fields.ts';
import type { ParkNameFinder } from './park-names.ts';
import type { FoundName } from './park-types.ts';

/** Finds the parks that an article names; all its fields decide together what ambiguous names mean. */
export function createParkAnnotator(finder: ParkNameFinder): Annotator {
  return {
    name: 'parks',
    annotate(article) {
      // A by-line names papers and people; 苏州高新区 通讯员 is no report on the park.
      const fields = articleFields(article).filter(({ field }) => field !== 'byline');
      const found = finder.findInFields(fields.map(({ text }) => text));
      return fields.flatMap(({ field }, index) =>
        (found[index] ?? []).map((name) => toAnnotation(name, field)),
      );
    },
  };
}

function toAnnotation(found: FoundName, field: ParkAnnotation['field']): ParkAnnotation {
  const span = { type: 'park', field, start: found.start, end: found.end } as const;
  if ('park' in found)
    return { ...span, parkId: found.park.id, name: found.park.name, listed: true };
  return {
    ...span,
    parkId: `${UNLISTED}${found.unlisted}`,
    name: found.unlisted,
    listed: false,
  };
}

/** Ids of parks that the gazetteer lacks begin like this: `unlisted:清镇高新区`. */
const UNLISTED = 'unlisted:';
