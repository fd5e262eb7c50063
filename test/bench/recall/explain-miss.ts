import { z } from 'zod';
import type { Analyzer } from '../../../indexer/analyzer/analyzer.ts';
import { normaliseText } from '../../../indexer/analyzer/normalised-text.ts';
import { getJson } from '../relevance/systems/our-service.ts';
import type { AllHits } from './ask-all.ts';

const storedSchema = z.object({
  title: z.string(),
  kicker: z.string().nullable(),
  subtitle: z.string().nullable(),
  text: z.string(),
  captions: z.array(z.string()),
});

const AROUND = 8;

/** Returns in a few words why a query did not find an article that holds its text, as far as can be told. */
export async function explainMiss(
  address: string,
  analyzer: Analyzer,
  query: string,
  hits: AllHits,
  id: string,
): Promise<string> {
  const response = await getJson(`${address}/api/articles/${encodeURIComponent(id)}`);
  const { title, kicker, subtitle, text, captions } = storedSchema.parse(response);
  const whole = [title, kicker ?? '', subtitle ?? '', text, ...captions].join('\n');
  const normalised = normaliseText(whole);
  const at = normalised.text.indexOf(normaliseText(query).text);
  if (at < 0) return 'ingest left the passage out of the stored article';
  if (!hits.totalIsExact) return `beyond the ${hits.total} hits that can be reached`;
  const { start } = normalised.toOriginal(at, at + 1);
  const place = `cut as ${cutAround(analyzer, whole, start, query.length)}`;
  return hits.rewrites.length === 0 ? place : `rewritten (${hits.rewrites.join('; ')}); ${place}`;
}

/** Returns what it holds instead for an article that does not hold the text of a query that found it. */
export function explainFalseHit(text: string, query: string): string {
  const letters = (one: string) => normaliseText(one).text.replace(/[^\p{L}\p{N}]/gu, '');
  return letters(text).includes(letters(query))
    ? 'the letters stand there, but with other signs between them'
    : 'the letters do not stand there';
}

/** `…｜高新区｜管委会｜…` */
function cutAround(analyzer: Analyzer, whole: string, start: number, length: number): string {
  return analyzer
    .analyze(whole.slice(Math.max(0, start - AROUND), start + length + AROUND))
    .map((token) => token.text)
    .join('｜')
    .replace(/\s+/gu, ' ');
}
