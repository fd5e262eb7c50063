import { z } from 'zod';

const name = z.union([
  z.string(),
  z.object({ name: z.string() }).transform((thing) => thing.name),
  z
    .array(z.union([z.string(), z.object({ name: z.string() }).transform((thing) => thing.name)]))
    .transform((things) => things.join(' ')),
]);

/** What schema.org says of a NewsArticle and its kin. */
const articleSchema = z.object({
  headline: z.string(),
  datePublished: z.string().optional().catch(undefined),
  author: name.optional().catch(undefined),
  publisher: name.optional().catch(undefined),
});

export interface LinkedData {
  readonly title?: string | undefined;
  readonly date?: string | undefined;
  readonly author?: string | undefined;
  readonly source?: string | undefined;
}

const MOST_CHARACTERS = 100_000;

/** Returns what the JSON-LD blocks of a document say of its article; nothing when there is none that reads. */
export function readLinkedData(document: Document): LinkedData {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    for (const item of parseItems(script.textContent)) {
      const article = articleSchema.safeParse(item);
      if (!article.success) continue;
      const { headline, datePublished, author, publisher } = article.data;
      return { title: headline, date: datePublished, author, source: publisher };
    }
  }
  return {};
}

function parseItems(json: string): unknown[] {
  if (json.length > MOST_CHARACTERS) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [];
  }
  const items: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  return items.flatMap((item) => {
    const graph = z.object({ '@graph': z.array(z.unknown()) }).safeParse(item);
    return graph.success ? graph.data['@graph'] : [item];
  });
}
