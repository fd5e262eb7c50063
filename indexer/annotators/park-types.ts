import type { Park } from '../../config/gazetteer.ts';
import type { ParkNameKind } from './park-meanings.ts';

/** Which name of a park stands in the text. */
type FoundNameKind = ParkNameKind | 'abbreviation' | 'enumerated';

/** A park of the gazetteer named in a text; offsets are UTF-16 in that text. */
export interface ParkName {
  readonly start: number;
  readonly end: number;
  readonly park: Park;
  /** As printed. */
  readonly name: string;
  readonly kind: FoundNameKind;
}

/** What is shaped like a park's name but is not in the gazetteer: `清镇高新区`. */
interface UnlistedName {
  readonly start: number;
  readonly end: number;
  /** Short, without the province. */
  readonly unlisted: string;
}

export type FoundName = ParkName | UnlistedName;

/** A span of a folded field that names a park. */
export type FoldedName = { readonly start: number; readonly end: number } & (
  { readonly park: Park; readonly kind: FoundNameKind } | { readonly unlisted: string }
);
