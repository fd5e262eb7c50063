import { normaliseText } from '../../../indexer/analyzer/normalised-text.ts';
import { articlesOf, type Collection } from '../relevance/collection.ts';

/** Which articles hold a text, found by looking at every one. */
export interface Truth {
  /** Title and text of every article, by id. */
  readonly texts: ReadonlyMap<string, string>;
  /** Ids of the articles that hold the text once both are normalised as the analyzer does it. */
  readonly holding: (text: string) => ReadonlySet<string>;
  /** Ids of the articles that hold the text to the letter. */
  readonly holdingExactly: (text: string) => ReadonlySet<string>;
}

/** Reads a collection whole. */
export async function readTruth(collection: Collection): Promise<Truth> {
  const texts = new Map<string, string>();
  const normalised = new Map<string, string>();
  for await (const { id, title, text } of articlesOf(collection)) {
    const whole = `${title}\n${text}`;
    texts.set(id, whole);
    normalised.set(id, normaliseText(whole).text);
  }
  return {
    texts,
    holding: (text) => idsHolding(normalised, normaliseText(text).text),
    holdingExactly: (text) => idsHolding(texts, text),
  };
}

function idsHolding(texts: ReadonlyMap<string, string>, wanted: string): Set<string> {
  const ids = new Set<string>();
  for (const [id, text] of texts) if (text.includes(wanted)) ids.add(id);
  return ids;
}
