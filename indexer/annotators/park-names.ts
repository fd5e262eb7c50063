import type { Gazetteer } from '../../config/gazetteer.ts';
import { articleFields, type Annotator, type ParkAnnotation } from './annotation.ts';
import { foldText, originalSpan, type FoldedText } from './folded-text.ts';
import { definedAbbreviations, findAbbreviations } from './park-abbreviations.ts';
import { findEnumerated } from './park-enumerations.ts';
import {
  chooseMeaning,
  gatherEvidence,
  scanField,
  type NameCandidate,
  type ScannedField,
} from './park-evidence.ts';
import {
  createParkLexicon,
  type FoldedName,
  type FoundName,
  type ParkLexicon,
  type ParkName,
} from './park-lexicon.ts';
import { parkWordAt } from './park-words.ts';
import { findUnlisted } from './unlisted-parks.ts';

export interface ParkNameFinder {
  /**
   * The parks that a text names, by position, the longest name at each place. An ambiguous name
   * counts only when the text itself decides which park it means.
   */
  readonly findParkNames: (text: string) => readonly ParkName[];
  /** The same for the fields of one article, which decide together; unlisted parks included. */
  readonly findInFields: (fields: readonly string[]) => readonly (readonly FoundName[])[];
}

/** Builds the names of all parks into a finder, in about 30 ms; make one and keep it. */
export function createParkNameFinder(gazetteer: Gazetteer): ParkNameFinder {
  const lexicon = createParkLexicon(gazetteer);

  function findInFields(originals: readonly string[]): FoundName[][] {
    const folded = originals.map(foldText);
    const fields = folded.map(({ text }) => scanField(text, lexicon));
    const evidence = gatherEvidence(fields, lexicon);
    const found = fields.map((field, index) => {
      const listed = findListed(field, evidence, lexicon);
      const more = [...listed, ...findEnumerated(field, listed, lexicon)];
      return [...more, ...findUnlisted(field, folded[index]!, more, lexicon)];
    });
    const abbreviations = definedAbbreviations(fields, found, lexicon);
    return fields.map(({ text }, index) =>
      [...found[index]!, ...findAbbreviations(text, found[index]!, abbreviations)]
        .sort((a, b) => a.start - b.start)
        .map((name) => toOriginal(name, folded[index]!, originals[index]!)),
    );
  }

  return {
    findInFields,
    findParkNames: (text) =>
      findInFields([text])[0]!.filter((found): found is ParkName => 'park' in found),
  };
}

/** Longest first at each place, from left to right, names that the article leaves open skipped. */
function findListed(
  field: ScannedField,
  evidence: ReturnType<typeof gatherEvidence>,
  lexicon: ParkLexicon,
): FoldedName[] {
  const found: FoldedName[] = [];
  let covered = 0;
  for (const candidate of field.candidates) {
    if (candidate.start < covered) continue;
    const park = chooseMeaning(field, candidate, evidence, lexicon);
    if (park === null) continue;
    const longer = extended(field.text, candidate, lexicon);
    const { start, end, meaning } = longer ?? candidate;
    found.push({ start, end, park: longer?.meaning.parks[0] ?? park, kind: meaning.kind });
    covered = end;
  }
  return found;
}

/** 雄安新区|高新技术产业开发区 is 雄安新区高新区, not 雄安新区; null when no longer name begins here. */
function extended(
  text: string,
  { start, end, meaning }: NameCandidate,
  lexicon: ParkLexicon,
): NameCandidate | null {
  const word = parkWordAt(text, end);
  const longer = word === null ? null : lexicon.meaningOf(meaning.name + word.short);
  if (word === null || longer === null || longer.kind === 'ambiguous') return null;
  return { start, end: word.end, meaning: longer };
}

function toOriginal(found: FoldedName, folded: FoldedText, original: string): FoundName {
  const span = originalSpan(folded, found.start, found.end);
  if ('unlisted' in found) return { ...span, unlisted: found.unlisted };
  const name = original.slice(span.start, span.end);
  return { ...span, park: found.park, name, kind: found.kind };
}

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
  return 'park' in found
    ? { ...span, parkId: found.park.id, name: found.park.name, listed: true }
    : { ...span, parkId: `unlisted:${found.unlisted}`, name: found.unlisted, listed: false };
}
