import type { Park } from '../../config/gazetteer.ts';
import type { ScannedField } from './park-evidence.ts';
import type { FoldedName, ParkLexicon } from './park-lexicon.ts';

/** What an abbreviation stands for in one article. */
type Meaning =
  { readonly park: Park; readonly kind: 'abbreviation' } | { readonly unlisted: string };

// More than any real article defines; bounds the work on a hostile text.
const MOST = 20;

/**
 * The short names that an article defines itself, 贵阳综合保税区(以下简称贵阳综保区) → 贵阳综保区.
 * Generic words are not taken: 以下简称高新区 leaves 高新区 meaning nothing.
 */
export function definedAbbreviations(
  fields: readonly ScannedField[],
  found: readonly (readonly FoldedName[])[],
  { meaningOf, traps }: ParkLexicon,
): ReadonlyMap<string, Meaning> {
  const defined = new Map<string, Meaning>();
  fields.forEach(({ text }, index) => {
    for (const name of found[index] ?? []) {
      if (defined.size >= MOST) return;
      const match = DEFINITION.exec(text.slice(name.end, name.end + 40));
      const short = match?.[1];
      if (short === undefined || traps.generic.has(short) || short.length < 3) continue;
      // A name that the gazetteer knows as another park's keeps that meaning.
      if ((meaningOf(short)?.kind ?? 'ambiguous') !== 'ambiguous') continue;
      const meaning =
        'park' in name
          ? ({ park: name.park, kind: 'abbreviation' } as const)
          : { unlisted: name.unlisted };
      defined.set(short, meaning);
    }
  });
  return defined;
}

const DEFINITION =
  /^(?:\((?:以下|下文|下)?[统简合]?称|,?(?:以下|下文)[统简合]?称|,?简称)[为作]?:?["“”'‘’「『]?([\p{Script=Han}A-Za-z·-]{2,12})["“”'‘’」』]?(?:[),。]|$)/u;

/** Where a folded text uses the abbreviations, outside the names already found. */
export function findAbbreviations(
  text: string,
  taken: readonly FoldedName[],
  abbreviations: ReadonlyMap<string, Meaning>,
): FoldedName[] {
  if (abbreviations.size === 0) return [];
  const covered = new Uint8Array(text.length);
  for (const { start, end } of taken) covered.fill(1, start, end);
  const found: FoldedName[] = [];
  const longestFirst = [...abbreviations].sort(([a], [b]) => b.length - a.length);
  for (const [short, meaning] of longestFirst) {
    for (let at = text.indexOf(short); at >= 0; at = text.indexOf(short, at + short.length)) {
      const end = at + short.length;
      if (covered.subarray(at, end).includes(1)) continue;
      covered.fill(1, at, end);
      found.push({ start: at, end, ...meaning });
    }
  }
  return found;
}
