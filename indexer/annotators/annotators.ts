import type { Gazetteer } from '../../config/gazetteer.ts';
import type { Annotator } from './annotation.ts';
import { authorAnnotator } from './authors.ts';
import { createDateAnnotator } from './dates.ts';
import { createKeywordAnnotator, type TitleWords } from './keywords.ts';
import { createParkNameFinder, type ParkNameFinder } from './park-names.ts';
import { createParkAnnotator } from './parks.ts';
import { createSourceAnnotator } from './source.ts';

export interface AnnotatorOptions {
  /** Shared with the query rewriter, so that it is built once. */
  readonly parkNames?: ParkNameFinder;
  readonly titleWords?: TitleWords;
  /** No later year is taken for a year of printing; the current one unless given. */
  readonly thisYear?: number;
}

/** All annotators, in the order in which they run; keywords need the parks. */
export function createAnnotators(
  gazetteer: Gazetteer,
  { parkNames, titleWords, thisYear }: AnnotatorOptions = {},
): readonly Annotator[] {
  return [
    createParkAnnotator(parkNames ?? createParkNameFinder(gazetteer)),
    createDateAnnotator(thisYear ?? new Date().getFullYear()),
    createSourceAnnotator(),
    authorAnnotator,
    createKeywordAnnotator(titleWords),
  ];
}
