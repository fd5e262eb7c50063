import type { Gazetteer } from '../../config/gazetteer.ts';
import type { Analyzer, Token } from '../analyzer/analyzer.ts';
import { gramsOf, headingGram } from '../analyzer/grams.ts';
import { normaliseText } from '../analyzer/normalised-text.ts';
import { encodeTerms, encodeTitleTerms } from '../analyzer/opaque.ts';
import type { RankingText } from '../store/ranking-texts.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import { indexedTerms } from './indexed-terms.ts';
import { bodyText, headingText } from './indexed-text.ts';
import { rankingText } from './ranking-text.ts';
import { parkTerm } from './special-terms.ts';

/** What the engine holds of an article: opaque terms to find it by, facets to filter it by, no text. */
export interface EngineDocument {
  readonly doc: number;
  readonly title: string;
  readonly body: string;
  readonly park: readonly string[];
  readonly province: readonly string[];
  readonly type: readonly string[];
  readonly source: string | null;
  readonly kind: string;
  readonly year: string | null;
  readonly month: string | null;
  readonly firstDay: number | null;
  readonly lastDay: number | null;
}

/** A document ready to be pushed, and what it adds to the vocabulary. */
export interface BuiltDocument {
  /** An {@link EngineDocument} as one line of JSON in ASCII: a byte a character, on the wire and in memory. */
  readonly json: string;
  /** Distinct, as the analyzer made them. */
  readonly terms: readonly string[];
  /** All grams of the heading and the body, and once more those of the heading as such, parted by spaces. */
  readonly grams: string;
  /** What the server ranks the article by. */
  readonly ranking: RankingText;
}

/**
 * Builds engine documents with one analyzer and one gazetteer. A term stands in a field once: the
 * engine picks candidates, how often a word occurs is weighed by the server on the text itself.
 */
export function createDocumentBuilder(
  analyzer: Analyzer,
  gazetteer: Gazetteer,
): (article: StoredArticle) => BuiltDocument {
  const parksNamedBy = createParkFinder(gazetteer);

  return function buildDocument(article) {
    const heading = headingText(article);
    const headingTokens = analyzer.analyze(heading);
    const headingTerms = indexedTerms(analyzer, heading, headingTokens);
    const headingCharacters = analyzer.charactersAnywhere(heading);
    const body = bodyText(article);
    let beginningTokens: readonly Token[] | undefined;
    const bodyTerms = new Set<string>();
    const bodyCharacters = new Set<string>();
    for (const piece of textPieces(body)) {
      const tokens = analyzer.analyze(piece);
      beginningTokens ??= tokens;
      for (const term of indexedTerms(analyzer, piece, tokens)) bodyTerms.add(term);
      for (const character of analyzer.charactersAnywhere(piece)) bodyCharacters.add(character);
    }
    const terms = distinct([...headingTerms, ...bodyTerms]);
    // A name inside a longer one (a road, another park) is no mention, but whoever searches for the
    // name must find the text that contains it.
    const parkTerms = distinct([
      ...article.parks.map((park) => park.id),
      ...parksNamedBy(terms),
    ]).map(parkTerm);
    const document: EngineDocument = {
      doc: article.doc,
      title: [
        encodeTerms(headingTerms),
        encodeTitleTerms([...headingTerms, ...headingCharacters]),
      ].join(' '),
      // What the title holds is found there.
      body: encodeTerms(
        [...bodyTerms, ...parkTerms, ...headingCharacters, ...bodyCharacters],
        headingTerms,
      ),
      ...facetFields(article, gazetteer),
    };
    return {
      json: toAscii(JSON.stringify(document)),
      terms: [...terms, ...parkTerms],
      grams: gramText(heading, body),
      ranking: {
        doc: article.doc,
        changedSeq: article.changedSeq,
        primaryPark: article.parks[0]?.id ?? null,
        firstDay: article.firstDay,
        ...rankingText(headingTokens, beginningTokens ?? []),
      },
    };
  };
}

/** UTF-16; no news is so long, but a year's reports in one file are. */
const LONGEST_PIECE = 50_000;
/** How far before its limit a piece may end, to end with a sentence. */
const REACH = 2_000;
/** Where no sentence ends, the next piece begins this much earlier, so that every word is whole in one. */
const OVERLAP = 40;
const SENTENCE_END = /[\n。！？；!?;]/u;

/**
 * A text in pieces that are analysed one after the other, as its tokens take a hundred times its room: all of it
 * in most cases.
 */
function* textPieces(text: string): Generator<string> {
  let start = 0;
  while (text.length - start > LONGEST_PIECE) {
    const limit = start + LONGEST_PIECE;
    let end = limit;
    while (end > limit - REACH && !SENTENCE_END.test(text[end - 1]!)) end -= 1;
    const isSentence = end > limit - REACH;
    yield text.slice(start, isSentence ? end : limit);
    start = isSentence ? end : limit - OVERLAP;
  }
  yield text.slice(start);
}

function gramText(heading: string, body: string): string {
  return [...gramsOf(`${heading}\n${body}`), ...gramsOf(heading).map(headingGram)].join(' ');
}

function facetFields(article: StoredArticle, gazetteer: Gazetteer) {
  const known = article.parks.flatMap((park) => gazetteer.byId.get(park.id) ?? []);
  return {
    park: article.parks.map((park) => park.id),
    province: distinct(known.map((park) => park.province)),
    type: distinct(known.map((park) => park.type)),
    source: article.source,
    kind: article.kind,
    year: article.date?.slice(0, 4) ?? null,
    month: article.date !== null && article.date.length >= 7 ? article.date.slice(0, 7) : null,
    firstDay: article.firstDay,
    lastDay: article.lastDay,
  };
}

/** Finds the parks among whose names a term is, of names that are enough on their own. */
function createParkFinder({ parks }: Gazetteer): (terms: readonly string[]) => string[] {
  const parkByName = new Map(
    parks.flatMap((park) =>
      [park.name, park.fullName, ...park.aliases].map((name): [string, string] => [
        normaliseText(name).text,
        park.id,
      ]),
    ),
  );
  const shortest = Math.min(...[...parkByName.keys()].map((name) => name.length));
  return (terms) => {
    const found: string[] = [];
    for (const term of terms) {
      // Nearly all words are shorter.
      const park = term.length < shortest ? undefined : parkByName.get(term);
      if (park !== undefined) found.push(park);
    }
    return found;
  };
}

/** Only facets hold other characters; with one of them V8 keeps two bytes for each of the string's. */
function toAscii(json: string): string {
  return json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
